//! Breaking a text into lines of a width: between Chinese characters, else at spaces.

/// The lines of a text, at most `most`; what does not fit ends in an ellipsis.
pub fn lines(text: &str, width: f64, most: usize, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = words(text).into_iter().peekable();
    while let Some(word) = words.next() {
        let longer = format!("{line}{word}");
        if line.is_empty() || measure(longer.trim_end()) <= width {
            line = longer;
            continue;
        }
        if lines.len() + 1 == most {
            // The last line: as much as fits, with everything that is left.
            line = longer + &words.collect::<String>();
            break;
        }
        lines.push(line.trim_end().to_owned());
        line = word.to_owned();
    }
    if !line.is_empty() {
        lines.push(cut(line.trim_end(), width, measure));
    }
    lines
}

/// The text, or its beginning and an ellipsis when it is too wide.
fn cut(text: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> String {
    if measure(text) <= width {
        return text.to_owned();
    }
    let ends = text.char_indices().map(|(index, _)| index);
    ends.rev()
        .filter_map(|end| text.get(..end))
        .map(|head| format!("{}…", head.trim_end()))
        .find(|cut| measure(cut) <= width)
        .unwrap_or_else(|| "…".to_owned())
}

/// Pieces that stay whole: a wide character, or a run of others with the space after it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (index, c) in text.char_indices() {
        let breaks = before.is_some_and(|before| is_wide(before) || is_wide(c) || before == ' ');
        // No line begins with a closing mark.
        if breaks
            && !matches!(
                c,
                '，' | '。' | '、' | '”' | '）' | '！' | '？' | '：' | ' '
            )
        {
            words.extend(text.get(from..index));
            from = index;
        }
        before = Some(c);
    }
    words.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    words
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wide character is 2, any other 1.
    fn width(text: &str) -> f64 {
        text.chars()
            .map(|c| if is_wide(c) { 2.0 } else { 1.0 })
            .sum()
    }

    fn wrapped(text: &str, wide: f64) -> Vec<String> {
        lines(text, wide, 2, &width)
    }

    #[test]
    fn chinese_breaks_anywhere_and_latin_at_spaces() {
        assert_eq!(wrapped("丹东草莓三斤", 8.0), ["丹东草莓", "三斤"]);
        assert_eq!(wrapped("red straw berry", 10.0), ["red straw", "berry"]);
        assert_eq!(wrapped("丹东99红颜草莓", 6.0), ["丹东99", "红颜…"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(wrapped("一二三四五六七八九", 8.0), ["一二三四", "五六七…"]);
        assert_eq!(wrapped("incomprehensible", 6.0), ["incom…"]);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrapped("长按识别，一起拼", 8.0), ["长按识", "别，一…"]);
    }

    #[test]
    fn nothing_is_no_line_and_every_line_fits() {
        assert!(wrapped("", 8.0).is_empty());
        for wide in 2..30 {
            for line in wrapped("云南小粒咖啡豆 500g medium roast 新鲜烘焙", f64::from(wide))
            {
                assert!(width(&line) <= f64::from(wide), "{line} in {wide}");
            }
        }
    }
}
