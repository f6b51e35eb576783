//! A drawing that becomes a PNG picture: marks in pixels, drawn one over the other.

use js_sys::{Array, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// A finished picture stays this long after its last use.
const KEPT_MS: u32 = 60_000;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// How a text is set; its family is the page's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// Height in pixels.
    pub size: f64,
    /// 400 to 700.
    pub weight: u32,
}

/// One mark of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A filled rectangle with corners rounded by `radius`.
    Fill {
        /// Where.
        area: Area,
        /// Its corners.
        radius: f64,
        /// A CSS colour.
        color: String,
    },
    /// An ellipse that fills an area.
    Oval {
        /// Where.
        area: Area,
        /// A CSS colour.
        color: &'static str,
    },
    /// The dashed outline of an ellipse.
    Ring {
        /// Where.
        area: Area,
        /// How thick.
        width: f64,
        /// A CSS colour.
        color: &'static str,
    },
    /// A straight line.
    Line {
        /// From where.
        from: (f64, f64),
        /// To where.
        to: (f64, f64),
        /// How thick.
        width: f64,
        /// A CSS colour.
        color: &'static str,
        /// Dash and gap; zero is a full line.
        dash: f64,
    },
    /// A part of the drawing's picture.
    Picture {
        /// Which part, in the picture's own pixels.
        from: Area,
        /// Where to.
        to: Area,
    },
    /// A line of text.
    Text {
        /// Its words.
        text: String,
        /// Where it begins, on its baseline.
        at: (f64, f64),
        /// How it is set.
        font: Font,
        /// A CSS colour.
        color: &'static str,
    },
}

/// A picture that has been fetched and can be drawn.
pub struct Loaded(HtmlImageElement);

impl Loaded {
    /// Fetches a picture of the shop's own; `None` when it cannot be had.
    pub async fn fetch(src: &str) -> Option<Self> {
        let image = HtmlImageElement::new().ok()?;
        image.set_src(src);
        JsFuture::from(image.decode()).await.ok()?;
        Some(Self(image))
    }

    /// Width and height in its own pixels.
    pub fn size(&self) -> (f64, f64) {
        (
            f64::from(self.0.natural_width()),
            f64::from(self.0.natural_height()),
        )
    }
}

/// A canvas that nobody sees.
pub struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    family: String,
}

impl Canvas {
    /// A new one; `None` in a browser that cannot draw.
    pub fn new() -> Option<Self> {
        let element = document().create_element("canvas").ok()?;
        let element = element.dyn_into::<HtmlCanvasElement>().ok()?;
        let context = element.get_context("2d").ok()??;
        let family = document()
            .body()
            .and_then(|body| window().get_computed_style(&body).ok()?)
            .and_then(|style| style.get_property_value("font-family").ok())
            .filter(|family| !family.is_empty());
        Some(Self {
            element,
            context: context.dyn_into().ok()?,
            family: family.unwrap_or_else(|| "sans-serif".to_owned()),
        })
    }

    /// How wide a text would be.
    pub fn measure(&self, text: &str, font: Font) -> f64 {
        self.set_font(font);
        self.context
            .measure_text(text)
            .map_or(0.0, |metrics| metrics.width())
    }

    /// Draws the marks on a clean ground of a size.
    pub fn draw(&self, (width, height): (u32, u32), marks: &[Mark], picture: Option<&Loaded>) {
        self.element.set_width(width);
        self.element.set_height(height);
        for mark in marks {
            // A mark that the browser refuses, such as an empty ellipse, is left out.
            let _ = self.mark(mark, picture);
        }
    }

    fn set_font(&self, Font { size, weight }: Font) {
        self.context
            .set_font(&format!("{weight} {size}px {}", self.family));
    }

    fn mark(&self, mark: &Mark, picture: Option<&Loaded>) -> Result<(), JsValue> {
        let context = &self.context;
        context.begin_path();
        match mark {
            Mark::Fill {
                area,
                radius,
                color,
            } => {
                self.outline(area, *radius)?;
                context.set_fill_style_str(color);
                context.fill();
            }
            Mark::Oval { area, color } => {
                ellipse(context, area)?;
                context.set_fill_style_str(color);
                context.fill();
            }
            Mark::Ring { area, width, color } => {
                ellipse(context, area)?;
                self.stroke(*width, color, width * 2.0)?;
            }
            Mark::Line {
                from,
                to,
                width,
                color,
                dash,
            } => {
                context.move_to(from.0, from.1);
                context.line_to(to.0, to.1);
                self.stroke(*width, color, *dash)?;
            }
            Mark::Picture { from, to } => {
                if let Some(picture) = picture {
                    context.draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                        &picture.0, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height,
                    )?;
                }
            }
            Mark::Text {
                text,
                at,
                font,
                color,
            } => {
                self.set_font(*font);
                context.set_fill_style_str(color);
                context.fill_text(text, at.0, at.1)?;
            }
        }
        Ok(())
    }

    fn stroke(&self, width: f64, color: &str, dash: f64) -> Result<(), JsValue> {
        self.context.set_line_width(width);
        self.context.set_stroke_style_str(color);
        let dashes = Array::new();
        if dash > 0.0 {
            dashes.push(&JsValue::from_f64(dash));
        }
        self.context.set_line_dash(&dashes)?;
        self.context.stroke();
        Ok(())
    }

    fn outline(&self, area: &Area, radius: f64) -> Result<(), JsValue> {
        let Area {
            x,
            y,
            width,
            height,
        } = *area;
        if radius <= 0.0 {
            self.context.rect(x, y, width, height);
            return Ok(());
        }
        let (right, bottom) = (x + width, y + height);
        self.context.move_to(x + radius, y);
        self.context.arc_to(right, y, right, bottom, radius)?;
        self.context.arc_to(right, bottom, x, bottom, radius)?;
        self.context.arc_to(x, bottom, x, y, radius)?;
        self.context.arc_to(x, y, right, y, radius)?;
        Ok(())
    }

    /// The drawing as a PNG; `None` when the browser has no room for it.
    pub async fn png(&self) -> Option<PngPicture> {
        let taken = Promise::new(&mut |resolve, _| {
            let give = Closure::once_into_js(move |blob: JsValue| {
                // Resolving a promise cannot fail.
                let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
            });
            // When it throws, nothing is ever given: the promise of a blob below is then refused.
            if self.element.to_blob(give.unchecked_ref()).is_err() {
                let _ = give
                    .unchecked_ref::<js_sys::Function>()
                    .call1(&JsValue::UNDEFINED, &JsValue::NULL);
            }
        });
        let blob = JsFuture::from(taken).await.ok()?.dyn_into::<Blob>().ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        Some(PngPicture { url })
    }

    /// The drawing as a picture in the address itself: what WeChat can save by a long press.
    pub fn data_url(&self) -> Option<String> {
        self.element.to_data_url_with_type("image/png").ok()
    }
}

fn ellipse(context: &CanvasRenderingContext2d, area: &Area) -> Result<(), JsValue> {
    let (rx, ry) = (area.width / 2.0, area.height / 2.0);
    context.ellipse(
        area.x + rx,
        area.y + ry,
        rx,
        ry,
        0.0,
        0.0,
        std::f64::consts::TAU,
    )
}

/// A PNG in the browser's memory; dropping it frees the memory soon.
#[derive(Debug)]
pub struct PngPicture {
    url: String,
}

impl PngPicture {
    /// Its address within this page.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Saves it as a file, as a download does.
    pub fn save(&self, name: &str) -> bool {
        save(&self.url, name).is_ok()
    }
}

impl Drop for PngPicture {
    fn drop(&mut self) {
        // A download that has just begun still reads it.
        let url = std::mem::take(&mut self.url);
        gloo::timers::callback::Timeout::new(KEPT_MS, move || {
            // It throws for what is no address of ours.
            let _ = Url::revoke_object_url(&url);
        })
        .forget();
    }
}

fn save(url: &str, name: &str) -> Result<(), JsValue> {
    let link = document().create_element("a")?;
    link.set_attribute("href", url)?;
    link.set_attribute("download", name)?;
    // A click on an element outside the page is enough for a download.
    let click = Reflect::get(&link, &"click".into())?.dyn_into::<js_sys::Function>()?;
    click.call0(&link)?;
    Ok(())
}
