//! Categories, search and the product page.

