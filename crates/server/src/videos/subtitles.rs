//! Subtitles as people send them: WebVTT, and nothing that is only called so.

use contract::videos_own::SUBTITLES_MAX;

/// The text as it is served: with its first line, its line ends and without what a browser does not need.
pub fn checked(vtt: &str) -> Result<String, &'static str> {
    let text = vtt
        .strip_prefix('\u{feff}')
        .unwrap_or(vtt)
        .replace("\r\n", "\n");
    if text.len() > SUBTITLES_MAX {
        return Err("at most 48 kB");
    }
    let first = text.lines().next().unwrap_or_default();
    let opens = first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t");
    if !opens {
        return Err("the first line of WebVTT is WEBVTT");
    }
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
    {
        return Err("text without control characters");
    }
    let cues = text.lines().filter(|line| is_timing(line)).count();
    if cues == 0 {
        return Err("at least one line such as 00:01.000 --> 00:03.000");
    }
    Ok(text)
}

/// `00:01.000 --> 00:03.000`, with hours and settings where there are any.
fn is_timing(line: &str) -> bool {
    let Some((from, rest)) = line.split_once("-->") else {
        return false;
    };
    let to = rest.split_whitespace().next().unwrap_or_default();
    matches!((moment(from.trim()), moment(to)), (Some(from), Some(to)) if from < to)
}

/// Milliseconds of `[hours:]minutes:seconds.milliseconds`.
fn moment(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once('.')?;
    let thousandths: u64 = (thousandths.len() == 3).then(|| thousandths.parse().ok())??;
    let mut seconds = 0_u64;
    let parts: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        let part: u64 = part.parse().ok().filter(|_| part.len() >= 2)?;
        seconds = seconds.checked_mul(60)?.checked_add(part)?;
    }
    seconds.checked_mul(1000)?.checked_add(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webvtt_is_taken_and_what_is_none_is_refused() {
        let fine = "\u{feff}WEBVTT\r\n\r\n00:01.000 --> 00:03.500 line:0\r\n早上好\r\n";
        assert!(checked(fine).unwrap().starts_with("WEBVTT\n\n00:01.000"));
        assert!(checked("WEBVTT - a film\n\n01:00:01.000 --> 01:00:03.000\nx").is_ok());
        for bad in [
            "",
            "WEBVTT",
            "WEBVTTX\n\n00:01.000 --> 00:03.000\nx",
            "1\n00:00:01,000 --> 00:00:03,000\nsubrip",
            "WEBVTT\n\n00:03.000 --> 00:01.000\nx",
            "WEBVTT\n\n00:01.000 --> 00:03.000\n\u{0}",
            "<script>WEBVTT</script>",
        ] {
            assert!(checked(bad).is_err(), "{bad:?}");
        }
        let long = format!(
            "WEBVTT\n\n00:01.000 --> 00:03.000\n{}",
            "x".repeat(SUBTITLES_MAX)
        );
        assert!(checked(&long).is_err());
    }
}
