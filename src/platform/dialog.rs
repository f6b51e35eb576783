//! The browser's modal dialog: what is behind is inert, the focus stays inside and returns.

use send_wrapper::SendWrapper;
use web_sys::HtmlDialogElement;

/// An open dialog; dropping it closes it, and the browser gives the focus back to what had it before.
/// Drop it while it is still in the page.
pub struct Modal(SendWrapper<HtmlDialogElement>);

impl Modal {
    /// Opens a dialog over the page.
    pub fn show(dialog: HtmlDialogElement) -> Self {
        // It throws only when the dialog is open already or not in the page.
        let _ = dialog.show_modal();
        Self(SendWrapper::new(dialog))
    }
}

impl Drop for Modal {
    fn drop(&mut self) {
        self.0.close();
    }
}
