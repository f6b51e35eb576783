//! The comments of a video as they are here: what is added, answered, taken away.

use contract::CommentId;
use contract::videos::Comment;

/// Adds what was just said: first of all, or last of the answers to what it answers.
pub fn add(lines: &mut Vec<Comment>, new: Comment, answers: Option<&CommentId>) {
    let Some(answered) = answers else {
        return lines.insert(0, new);
    };
    if let Some(line) = lines.iter_mut().find(|line| line.id == *answered) {
        line.replies.push(new);
    }
}

/// Adds the comments that come next. What was said meanwhile may have moved some: none is there twice.
pub fn append(lines: &mut Vec<Comment>, more: Vec<Comment>) {
    for line in more {
        if lines.iter().all(|known| known.id != line.id) {
            lines.push(line);
        }
    }
}

/// How many go with a comment that is taken away: its answers and itself.
pub fn with_answers(comment: &Comment) -> u64 {
    comment.replies.len() as u64 + 1
}

/// The comments without those that are being taken away.
pub fn standing(lines: &[Comment], gone: &[CommentId]) -> Vec<Comment> {
    let stands = |comment: &Comment| !gone.contains(&comment.id);
    let mut lines: Vec<Comment> = lines.iter().filter(|line| stands(line)).cloned().collect();
    for line in &mut lines {
        line.replies.retain(stands);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Timestamp;

    fn comment(id: &str) -> Comment {
        Comment {
            id: id.into(),
            at: Timestamp(0),
            author: "A".to_owned(),
            avatar: None,
            by_creator: false,
            removable: true,
            text: "x".to_owned(),
            replies: Vec::new(),
        }
    }

    fn ids(lines: &[Comment]) -> Vec<String> {
        let own = |line: &Comment| {
            let answers = line.replies.iter().map(|answer| format!(">{}", answer.id));
            std::iter::once(line.id.0.clone())
                .chain(answers)
                .collect::<Vec<_>>()
        };
        lines.iter().flat_map(own).collect()
    }

    #[test]
    fn features_13_an_answer_stands_below_what_it_answers_and_goes_with_it() {
        let mut lines = vec![comment("a"), comment("b")];
        add(&mut lines, comment("c"), None);
        add(&mut lines, comment("d"), Some(&"b".into()));
        add(&mut lines, comment("e"), Some(&"b".into()));
        append(&mut lines, vec![comment("b"), comment("f")]);
        assert_eq!(ids(&lines), ["c", "a", "b", ">d", ">e", "f"]);
        assert_eq!(with_answers(&lines[2]), 3);
        let gone = ["d".into()];
        assert_eq!(ids(&standing(&lines, &gone)), ["c", "a", "b", ">e", "f"]);
        let gone = ["b".into()];
        assert_eq!(ids(&standing(&lines, &gone)), ["c", "a", "f"]);
    }
}
