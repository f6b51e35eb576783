//! Which links are shown: by channel and by the sharer's own label (features.md 86).

use contract::shares::{ShareChannel, ShareStats};

/// The channels in the order of the sheet.
pub const CHANNELS: [ShareChannel; 5] = [
    ShareChannel::Chat,
    ShareChannel::Moments,
    ShareChannel::Poster,
    ShareChannel::Copy,
    ShareChannel::System,
];

/// What is wanted; nothing wanted is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Posted there.
    pub channel: Option<ShareChannel>,
    /// With this label.
    pub label: Option<String>,
}

impl Filter {
    /// Whether a link is wanted.
    pub fn fits(&self, link: &ShareStats) -> bool {
        let channel = self.channel.is_none_or(|channel| channel == link.channel);
        let label = self.label.is_none() || self.label == link.sub_id;
        channel && label
    }
}

/// The channels and the labels that occur among links, each once; labels in their first order.
pub fn choices(links: &[ShareStats]) -> (Vec<ShareChannel>, Vec<String>) {
    let used = |channel: &ShareChannel| links.iter().any(|link| link.channel == *channel);
    let mut labels: Vec<String> = Vec::new();
    for label in links.iter().filter_map(|link| link.sub_id.as_ref()) {
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    (CHANNELS.into_iter().filter(used).collect(), labels)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    pub fn link(channel: ShareChannel, label: Option<&str>) -> ShareStats {
        let money = json!({"minor": 0, "currency": "CNY"});
        let mut link: ShareStats = serde_json::from_value(json!({
            "token": "t", "url": "https://shop/s/t", "target": {"kind": "product", "slug": "peach"},
            "card": {"title": "水蜜桃", "text": "", "href": "/p/peach"}, "channel": "chat", "created_at": 0,
            "views": 0, "clicks": 0, "joins": 0, "paid": 0, "earned": money, "rate_bp": 1000, "revoked": false,
        }))
        .unwrap();
        link.channel = channel;
        link.sub_id = label.map(str::to_owned);
        link
    }

    #[test]
    fn links_are_told_apart_by_channel_and_label() {
        let links = [
            link(ShareChannel::Poster, None),
            link(ShareChannel::Chat, Some("video-1")),
            link(ShareChannel::Poster, Some("video-1")),
        ];
        let shown = |channel, label: Option<&str>| {
            let filter = Filter {
                channel,
                label: label.map(str::to_owned),
            };
            links.iter().filter(|link| filter.fits(link)).count()
        };
        assert_eq!(shown(None, None), 3);
        assert_eq!(shown(Some(ShareChannel::Poster), None), 2);
        assert_eq!(shown(None, Some("video-1")), 2);
        assert_eq!(shown(Some(ShareChannel::Poster), Some("video-1")), 1);
        assert_eq!(shown(Some(ShareChannel::Copy), None), 0);
    }

    #[test]
    fn only_what_occurs_can_be_chosen() {
        let links = [
            link(ShareChannel::Copy, Some("b")),
            link(ShareChannel::Chat, Some("a")),
            link(ShareChannel::Copy, Some("b")),
        ];
        let (channels, labels) = choices(&links);
        assert_eq!(channels, [ShareChannel::Chat, ShareChannel::Copy]);
        assert_eq!(labels, ["b", "a"]);
    }
}
