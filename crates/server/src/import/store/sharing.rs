//! SQL of importing creators, who shows what, and what sales pay.

use super::{Import, positions};
use crate::commission::rates;
use crate::db::{Tx, Upsert};
use crate::import::ImportError;
use crate::import::file::{CatalogueFile, Product};

const FORGET_CREATOR: &str = "DELETE FROM product_creator WHERE product = $1";
const PUT_CREATOR: &str = "INSERT INTO product_creator (product, creator) VALUES ($1, $2)";

impl Import<'_> {
    pub(super) async fn creators(
        &self,
        tx: &mut Tx,
        file: &CatalogueFile,
    ) -> Result<(), ImportError> {
        for (position, creator) in positions(&file.creators) {
            Upsert::of("creator", "handle", &creator.handle)
                .number("position", position)
                .both("name", &creator.name.zh, &creator.name.en)
                .text("avatar", self.src(&creator.avatar))
                .both("bio", &creator.bio.zh, &creator.bio.en)
                .both("city", &creator.city.zh, &creator.city.en)
                .number("followers", creator.followers)
                .run(tx)
                .await?;
        }
        Ok(())
    }

    /// A rate that the file lowers falls as sharers were promised, after 30 days (rules.md A11).
    pub(super) async fn sharing(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        let forget = sqlx::query(FORGET_CREATOR).bind(&product.id);
        forget.execute(tx.conn()).await?;
        if let Some(creator) = &product.creator {
            let put = sqlx::query(PUT_CREATOR).bind(&product.id).bind(creator);
            put.execute(tx.conn()).await?;
        }
        let rate_bp = product.commission_bp.unwrap_or(rates::DEFAULT_BP);
        rates::set(tx.conn(), &product.id.as_str().into(), rate_bp, self.now).await?;
        Ok(())
    }
}
