//! Where everything of a poster stands, in pixels: three for each of the design's, so that it is sharp
//! on every phone. Printed on white whatever the page's theme is.

use super::words::Words;
use super::wrap;
use crate::i18n::MoneyParts;
use crate::platform::canvas::{Area, Font, Mark};
use crate::ui::qr::{Code, QUIET};

/// Pixels of the poster for each of the design's.
pub const SCALE: u32 = 3;

const WIDTH: f64 = 816.0;
const PHOTO: f64 = 642.0;
const SIDE: f64 = 42.0;
/// Room for the code; its quiet zone lies in the margins around.
const CODE: f64 = 216.0;
const SCALLOPS: u32 = 12;
/// Seats drawn at most; a larger group is told in words alone.
const SEATS: u32 = 5;

// The light theme's tokens: a poster is paper.
const PAPER: &str = "#ffffff";
const INK: &str = "#17161a";
const INK_2: &str = "#55535d";
const INK_3: &str = "#6a6873";
const PRICE: &str = "#d0240f";
const BRAND: &str = "#db2b1a";
const BRAND_SOFT: &str = "#feece8";
const BRAND_INK: &str = "#bc2413";
const AWNING_LIGHT: &str = "#fde3dc";
const SUN: &str = "#ffc12e";
const ON_SUN: &str = "#33210a";
const FILL: &str = "#ececef";
const DASHES: &str = "#d6d5db";

const TITLE: Font = bold(45.0);
const STRONG: Font = bold(42.0);
const CAPTION: Font = Font {
    size: 36.0,
    weight: 400,
};
const BADGE: Font = bold(33.0);

const fn bold(size: f64) -> Font {
    Font { size, weight: 700 }
}

/// A poster, ready to be drawn.
pub struct Drawing {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// From back to front.
    pub marks: Vec<Mark>,
}

/// Tells how wide a text is in a font.
pub type Measure<'a> = &'a dyn Fn(&str, Font) -> f64;

/// Places everything. `photo` is the size of the picture, where there is one.
pub fn layout(
    words: &Words,
    code: &Code,
    photo: Option<(f64, f64)>,
    measure: Measure<'_>,
) -> Drawing {
    let mut paper = Paper {
        marks: Vec::new(),
        measure,
    };
    paper.photo(&words.tint, photo);
    paper.awning();
    let mut y = PHOTO + 36.0;
    for line in paper.wrapped(&words.title, TITLE, WIDTH - 2.0 * SIDE) {
        paper.text(&line, (SIDE, y + 45.0), TITLE, INK);
        y += 61.0;
    }
    y += 18.0;
    if let Some(price) = &words.price {
        paper.price_row(price, words, y);
        y += 96.0;
    }
    paper.marks.push(Mark::Line {
        from: (SIDE, y),
        to: (WIDTH - SIDE, y),
        width: 3.0,
        color: DASHES,
        dash: 9.0,
    });
    y += 36.0;
    let foot = paper.foot(words, code, y);
    let height = y + foot + SIDE;
    // The ground comes first; only now is its height known.
    paper
        .marks
        .insert(0, fill(area(0.0, 0.0, WIDTH, height), PAPER));
    Drawing {
        // Both are small whole numbers.
        size: (WIDTH as u32, height as u32),
        marks: paper.marks,
    }
}

struct Paper<'a> {
    marks: Vec<Mark>,
    measure: Measure<'a>,
}

impl Paper<'_> {
    fn text(&mut self, text: &str, at: (f64, f64), font: Font, color: &'static str) -> f64 {
        self.marks.push(Mark::Text {
            text: text.to_owned(),
            at,
            font,
            color,
        });
        (self.measure)(text, font)
    }

    fn wrapped(&self, text: &str, font: Font, width: f64) -> Vec<String> {
        wrap::lines(text, width, 2, &|line| (self.measure)(line, font))
    }

    /// The picture fills its box, cut evenly at the sides that are too long.
    fn photo(&mut self, tint: &str, photo: Option<(f64, f64)>) {
        let to = area(0.0, 0.0, WIDTH, PHOTO);
        self.marks.push(fill(to, tint));
        if let Some((width, height)) = photo.filter(|(w, h)| *w > 0.0 && *h > 0.0) {
            let scale = (WIDTH / width).max(PHOTO / height);
            let (w, h) = (WIDTH / scale, PHOTO / scale);
            let from = area((width - w) / 2.0, (height - h) / 2.0, w, h);
            self.marks.push(Mark::Picture { from, to });
        }
    }

    fn awning(&mut self) {
        let width = WIDTH / f64::from(SCALLOPS);
        for index in 0..SCALLOPS {
            let x = f64::from(index) * width;
            let color = if index % 2 == 0 { BRAND } else { AWNING_LIGHT };
            self.marks.push(fill(area(x, 0.0, width, 15.0), color));
            self.marks.push(Mark::Oval {
                area: area(x, 15.0 - width / 2.0, width, width),
                color,
            });
        }
    }

    fn price_row(&mut self, price: &MoneyParts, words: &Words, y: f64) {
        let base = y + 62.0;
        let mut x = SIDE;
        let sign = format!("{}{}", price.sign, price.currency);
        x += self.text(&sign, (x, base), bold(46.0), PRICE) + 4.0;
        x += self.text(&price.whole, (x, base), bold(72.0), PRICE);
        x += self.text(&price.decimals, (x, base), bold(49.0), PRICE);
        if let Some(was) = &words.was {
            x += 24.0;
            let width = self.text(was, (x, base), CAPTION, INK_3);
            self.marks.push(Mark::Line {
                from: (x, base - 13.0),
                to: (x + width, base - 13.0),
                width: 3.0,
                color: INK_3,
                dash: 0.0,
            });
        }
        if let Some(badge) = &words.badge {
            let width = (self.measure)(badge, BADGE) + 36.0;
            let left = WIDTH - SIDE - width;
            self.marks.push(Mark::Fill {
                area: area(left, base - 46.0, width, 60.0),
                radius: 12.0,
                color: SUN.to_owned(),
            });
            self.text(badge, (left + 18.0, base - 5.0), BADGE, ON_SUN);
        }
    }

    /// The code at the right, the words at the left of it; returns the height of both.
    fn foot(&mut self, words: &Words, code: &Code, y: f64) -> f64 {
        let module = (CODE / f64::from(code.side)).floor().max(1.0);
        let side = module * f64::from(code.side);
        let room = WIDTH - 2.0 * SIDE - side - (module * f64::from(QUIET)).max(36.0);
        let strong = self.wrapped(&words.strong, STRONG, room);
        let caption = self.wrapped(&words.caption, CAPTION, room);
        let seats = words.seats.filter(|(_, size)| *size <= SEATS);
        let seats_height = if seats.is_some() { 102.0 } else { 0.0 };
        let words_height = seats_height + strong.len() as f64 * 60.0 + caption.len() as f64 * 52.0;
        let height = words_height.max(side);
        self.code(
            code,
            module,
            (WIDTH - SIDE - side, y + ((height - side) / 2.0).floor()),
        );
        let mut line = y + (height - words_height) / 2.0;
        if let Some((taken, size)) = seats {
            self.seats(taken, size, line);
            line += seats_height;
        }
        for text in strong {
            self.text(&text, (SIDE, line + 44.0), STRONG, INK);
            line += 60.0;
        }
        for text in caption {
            self.text(&text, (SIDE, line + 38.0), CAPTION, INK_2);
            line += 52.0;
        }
        height
    }

    fn code(&mut self, code: &Code, module: f64, (left, top): (f64, f64)) {
        for run in &code.runs {
            let x = left + f64::from(run.x) * module;
            let y = top + f64::from(run.y) * module;
            let dark = area(x, y, f64::from(run.length) * module, module);
            self.marks.push(fill(dark, INK));
        }
    }

    /// Taken seats, free ones, and the last free one dashed: it waits for the reader.
    fn seats(&mut self, taken: u32, size: u32, y: f64) {
        const SEAT: f64 = 84.0;
        for index in 0..size {
            let x = SIDE + f64::from(index) * (SEAT - 14.0);
            let seat = area(x, y, SEAT, SEAT);
            let ring = area(x - 6.0, y - 6.0, SEAT + 12.0, SEAT + 12.0);
            self.marks.push(Mark::Oval {
                area: ring,
                color: PAPER,
            });
            let is_mine = index + 1 == size && taken < size;
            let ground = if index < taken || is_mine {
                BRAND_SOFT
            } else {
                FILL
            };
            self.marks.push(Mark::Oval {
                area: seat,
                color: ground,
            });
            if is_mine {
                self.marks.push(Mark::Ring {
                    area: area(x + 2.0, y + 2.0, SEAT - 4.0, SEAT - 4.0),
                    width: 4.0,
                    color: BRAND,
                });
                for half in [
                    area(x + 28.0, y + 40.0, 28.0, 4.0),
                    area(x + 40.0, y + 28.0, 4.0, 28.0),
                ] {
                    self.marks.push(fill(half, BRAND_INK));
                }
            } else if index < taken {
                self.marks.push(Mark::Oval {
                    area: area(x + 30.0, y + 18.0, 24.0, 24.0),
                    color: BRAND_INK,
                });
                self.marks.push(Mark::Fill {
                    area: area(x + 22.0, y + 46.0, 40.0, 22.0),
                    radius: 11.0,
                    color: BRAND_INK.to_owned(),
                });
            }
        }
    }
}

fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
    Area {
        x,
        y,
        width,
        height,
    }
}

fn fill(area: Area, color: &str) -> Mark {
    Mark::Fill {
        area,
        radius: 0.0,
        color: color.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::qr;

    fn measure(text: &str, font: Font) -> f64 {
        text.chars()
            .map(|c| if c.is_ascii() { 0.55 } else { 1.0 } * font.size)
            .sum()
    }

    fn words(title: &str) -> Words {
        Words {
            title: title.into(),
            price: Some(MoneyParts {
                sign: "",
                currency: "¥".into(),
                whole: "39".into(),
                decimals: ".9".into(),
            }),
            was: Some("¥51.9".into()),
            badge: Some("3人团".into()),
            seats: Some((2, 3)),
            strong: "还差 1 人成团".into(),
            caption: "长按识别，和 林** 一起拼".into(),
            tint: "#feece8".into(),
        }
    }

    fn poster(title: &str, address: &str) -> Drawing {
        layout(
            &words(title),
            &qr::code(address).unwrap(),
            Some((800.0, 800.0)),
            &measure,
        )
    }

    const LINK: &str = "https://jishi.example/s/0aB3dE5fG7hJ";

    /// Left, top, right, bottom of what a mark covers.
    fn extent(mark: &Mark) -> (f64, f64, f64, f64) {
        let of = |a: &Area| (a.x, a.y, a.x + a.width, a.y + a.height);
        match mark {
            Mark::Fill { area, .. } | Mark::Oval { area, .. } | Mark::Ring { area, .. } => of(area),
            Mark::Picture { to, .. } => of(to),
            Mark::Line { from, to, .. } => (from.0, from.1, to.0, to.1),
            Mark::Text { text, at, font, .. } => (
                at.0,
                at.1 - font.size,
                at.0 + measure(text, *font),
                at.1 + font.size * 0.3,
            ),
        }
    }

    fn code_extent(drawing: &Drawing) -> (f64, f64, f64, f64) {
        // The code's marks are ink; so are only texts besides.
        let runs = drawing
            .marks
            .iter()
            .filter(|mark| matches!(mark, Mark::Fill { color, .. } if color == INK));
        runs.map(extent)
            .fold((f64::MAX, f64::MAX, 0.0, 0.0), |all, it| {
                (
                    all.0.min(it.0),
                    all.1.min(it.1),
                    all.2.max(it.2),
                    all.3.max(it.3),
                )
            })
    }

    #[test]
    fn everything_lies_on_the_paper_at_three_times_the_designs_size() {
        for title in [
            "草莓",
            "丹东99红颜草莓 3斤礼盒 清晨现摘 坏果包赔 顺丰直达 今日下单明日到",
        ] {
            let drawing = poster(title, LINK);
            assert_eq!(drawing.size.0, 272 * SCALE);
            let (width, height) = (f64::from(drawing.size.0), f64::from(drawing.size.1));
            for mark in drawing
                .marks
                .iter()
                .filter(|mark| !matches!(mark, Mark::Oval { .. }))
            {
                let (left, top, right, bottom) = extent(mark);
                assert!(
                    left >= 0.0 && top >= 0.0 && right <= width && bottom <= height,
                    "{mark:?}"
                );
            }
        }
    }

    #[test]
    fn a_longer_title_makes_a_longer_poster_of_two_lines_at_most() {
        let (short, long) = (poster("草莓", LINK), poster(&"草莓".repeat(20), LINK));
        let longest = poster(&"草莓".repeat(90), LINK);
        assert_eq!(long.size.1 - short.size.1, 61);
        assert_eq!(long.size.1, longest.size.1);
    }

    #[test]
    fn the_code_is_square_on_whole_pixels_with_its_quiet_zone_free() {
        let long = format!(
            "https://a-much-longer-shop-name.example/s/{}",
            "x".repeat(90)
        );
        for address in [LINK, long.as_str()] {
            let drawing = poster("草莓", address);
            let side = qr::code(address).unwrap().side;
            let (left, top, right, bottom) = code_extent(&drawing);
            let module = (right - left) / f64::from(side);
            assert_eq!(module.fract(), 0.0);
            assert!(module >= 3.0, "{module} px a module cannot be read");
            assert_eq!(right - left, bottom - top);
            let quiet = module * f64::from(QUIET);
            let near = (left - quiet, top - quiet, right + quiet, bottom + quiet);
            assert!(near.2 <= f64::from(drawing.size.0) && near.3 <= f64::from(drawing.size.1));
            for mark in &drawing.marks {
                let is_code_or_ground =
                    matches!(mark, Mark::Fill { color, .. } if color == INK || color == PAPER);
                let it = extent(mark);
                let apart = it.2 <= near.0 || it.0 >= near.2 || it.3 <= near.1 || it.1 >= near.3;
                assert!(
                    is_code_or_ground || apart,
                    "{mark:?} in the quiet zone {near:?}"
                );
            }
        }
    }

    #[test]
    fn the_picture_is_cut_evenly_to_its_box() {
        let drawing = poster("草莓", LINK);
        let from = drawing.marks.iter().find_map(|mark| match mark {
            Mark::Picture { from, .. } => Some(*from),
            _ => None,
        });
        let from = from.unwrap();
        assert_eq!((from.x, from.width), (0.0, 800.0));
        assert!((from.y * 2.0 + from.height - 800.0).abs() < 0.01);
        assert!((from.width / from.height - 272.0 / 214.0).abs() < 0.01);
    }

    #[test]
    fn the_last_free_seat_alone_is_dashed_and_a_large_group_draws_none() {
        let rings = |seats| {
            let words = Words {
                seats,
                ..words("草莓")
            };
            let drawing = layout(&words, &qr::code(LINK).unwrap(), None, &measure);
            let is_ring = |mark: &&Mark| matches!(mark, Mark::Ring { .. });
            drawing.marks.iter().filter(is_ring).count()
        };
        assert_eq!(rings(Some((1, 4))), 1);
        assert_eq!(rings(Some((3, 3))), 0);
        assert_eq!(rings(Some((3, 20))), 0);
        assert_eq!(rings(None), 0);
    }
}
