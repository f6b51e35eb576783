//! The payer's page in words, in both languages.

/// A language of the payer's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language of a tag such as `zh-CN`; English for every other.
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// For the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other one, and its name in itself.
    pub fn other(self) -> (&'static str, &'static str) {
        match self {
            Self::Zh => ("en", "English"),
            Self::En => ("zh-CN", "中文"),
        }
    }

    /// The words in this language.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }

    /// How long there is left to pay.
    pub fn minutes_left(self, left_ms: i64) -> String {
        let minutes = left_ms / 60_000;
        match (self, minutes) {
            (Self::Zh, 0) => "请在 1 分钟内付款".to_owned(),
            (Self::Zh, minutes) => format!("请在 {minutes} 分钟内付款"),
            (Self::En, 0) => "Pay within the next minute".to_owned(),
            (Self::En, 1) => "Pay within 1 minute".to_owned(),
            (Self::En, minutes) => format!("Pay within {minutes} minutes"),
        }
    }
}

/// Everything that the page says.
pub struct Words {
    pub brand: &'static str,
    pub sandbox: &'static str,
    pub to_pay: &'static str,
    pub order: &'static str,
    pub wallet: &'static str,
    pub pay: &'static str,
    pub pay_late: &'static str,
    pub decline: &'static str,
    pub abandon: &'static str,
    pub back: &'static str,
    pub paid: &'static str,
    pub paid_note: &'static str,
    pub declined: &'static str,
    pub declined_note: &'static str,
    pub closed: &'static str,
    pub closed_note: &'static str,
}

const ZH: Words = Words {
    brand: "沙盒收银台",
    sandbox: "这是练习用的收银台，不会动真钱",
    to_pay: "应付金额",
    order: "订单",
    wallet: "付款钱包",
    pay: "确认付款",
    pay_late: "银行迟到的确认：仍然扣款",
    decline: "模拟付款失败",
    abandon: "先不付，返回商家",
    back: "返回商家",
    paid: "付款成功",
    paid_note: "商家会收到通知，可以放心返回",
    declined: "没付成功",
    declined_note: "钱没有扣，可以回商家再试一次",
    closed: "这笔付款已关闭",
    closed_note: "钱没有扣，需要的话请回商家重新下单",
};

const EN: Words = Words {
    brand: "Sandbox Pay",
    sandbox: "A practice cashier: no real money moves",
    to_pay: "Amount to pay",
    order: "Order",
    wallet: "Wallet",
    pay: "Pay now",
    pay_late: "Late bank confirmation: charge anyway",
    decline: "Simulate a decline",
    abandon: "Not now, back to the shop",
    back: "Back to the shop",
    paid: "Paid",
    paid_note: "The shop is being told. You can go back",
    declined: "Payment did not go through",
    declined_note: "Nothing was taken. Go back and try again",
    closed: "This payment is closed",
    closed_note: "Nothing was taken. Go back to the shop to order again",
};
