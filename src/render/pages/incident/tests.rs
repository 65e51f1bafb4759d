//! What the incident's page makes of a view.

use super::samples;
use super::timeline::{Line, Timeline, TimelineFilter};
use crate::domain::entry::EntryKind;
use crate::domain::figures::Counted;
use crate::domain::id::Uid;
use crate::domain::locale::Locale;
use crate::domain::view::EntryView;
use crate::render::frame::Frame;
use crate::render::pages::reader::Reader;
use crate::render::sample;

fn timeline(filter: &TimelineFilter) -> Timeline {
    let frame = Frame::anonymous(Locale::En);
    let view = samples::view(&samples::story(&frame));
    Timeline::of(&view, Reader::new(&frame, sample::friday()), filter)
}

fn lines(timeline: &Timeline) -> impl Iterator<Item = &Line> {
    timeline.days.iter().flat_map(|day| &day.lines)
}

#[test]
fn the_timeline_stands_under_its_days_and_says_what_lies_between() {
    let timeline = timeline(&TimelineFilter::default());
    let days: Vec<&str> = timeline.days.iter().map(|day| day.label.as_str()).collect();
    assert_eq!(days, ["Mon 20 Nov", "Tue 21 Nov", "Wed 22 Nov", "Thu 23 Nov", "Fri 24 Nov"]);
    let gaps: Vec<&str> =
        lines(&timeline).filter_map(|line| if let Line::Gap(gap) = line { Some(gap.text.as_str()) } else { None }).collect();
    // From around noon, which is rough, to 16:10; from the end of one call to the next; from a reply to what it promises.
    assert_eq!(gaps, ["3 h 40 min – 5 h 10 min between", "1 h 30 min between", "2 h 50 min between", "6 h between"]);
}

#[test]
fn nine_attempts_are_one_line_that_opens_into_nine() {
    let timeline = timeline(&TimelineFilter::default());
    let runs: Vec<_> =
        lines(&timeline).filter_map(|line| if let Line::Attempts(run) = line { Some(run) } else { None }).collect();
    let [run] = runs[..] else { panic!("one run, not {}", runs.len()) };
    assert_eq!((run.each.len(), run.anatomy.parts.len()), (9, 9));
}

#[test]
fn what_fell_due_stands_where_it_fell_due_and_is_late() {
    let timeline = timeline(&TimelineFilter::default());
    let late: Vec<_> = lines(&timeline)
        .filter_map(|line| if let Line::Mile(mile) = line { Some(mile) } else { None })
        .filter(|mile| mile.late)
        .collect();
    let at: Vec<&str> = late.iter().map(|mile| mile.when.text.as_str()).collect();
    assert_eq!(at, ["11:10", "11:20"]);
}

#[test]
fn a_rough_time_is_told_in_its_own_words_with_its_ends_beside() {
    let timeline = timeline(&TimelineFilter { kind: Some(EntryKind::Action), ..TimelineFilter::default() });
    let [Line::Entry(entry)] = &timeline.days[0].lines[..] else { panic!("one entry") };
    assert_eq!((entry.when.text.as_str(), entry.when.detail.as_str(), entry.when.rough), ("around noon", "11:00–12:30", true));
}

#[test]
fn narrowed_by_words_only_what_says_them_is_left_and_nothing_between() {
    let timeline = timeline(&TimelineFilter { words: "BY E-MAIL".to_owned(), ..TimelineFilter::default() });
    assert_eq!(lines(&timeline).count(), 1);
    assert!(matches!(lines(&timeline).next(), Some(Line::Entry(_))));
    assert!(timeline.filtered && timeline.days[0].hours.is_none());
}

#[test]
fn a_figure_leads_to_the_entries_that_it_counts() {
    let counted = |figure| lines(&timeline(&TimelineFilter { counted: Some(figure), ..TimelineFilter::default() })).count();
    // Nine attempts are one line; of the four tellings to the company, all but the first are told again.
    assert_eq!((counted(Counted::Attempts), counted(Counted::Told), counted(Counted::Retold)), (1, 4, 3));
    let shown = timeline(&TimelineFilter { counted: Some(Counted::Retold), ..TimelineFilter::default() });
    assert!(shown.filtered && shown.counted == "The calls in which it was told from the start once more.", "{}", shown.counted);
}

#[test]
fn a_private_note_is_marked_and_what_goes_without_saying_is_not() {
    let timeline = timeline(&TimelineFilter::default());
    let entries: Vec<_> =
        lines(&timeline).filter_map(|line| if let Line::Entry(entry) = line { Some(entry) } else { None }).collect();
    let marked = entries.iter().filter(|entry| entry.visibility.is_some());
    let marked: Vec<(&str, bool)> = marked.map(|entry| (entry.rest.as_str(), entry.private)).collect();
    assert_eq!(marked, [("There was a laugh in the voice", true), ("The post was searched; no letter of the kind", false)]);
}

#[test]
fn a_long_timeline_has_pages_begins_with_the_last_and_finds_the_page_of_an_entry() {
    let frame = Frame::anonymous(Locale::En);
    let mut view = samples::view(&samples::story(&frame));
    let one = view.entries.last().expect("an entry").clone();
    let uid = |n: u64| Uid::from_parts(n, [7; 10]);
    view.entries.extend((0..1_200).map(|n| EntryView { uid: uid(n), call: None, title: "mail".to_owned(), ..one.clone() }));
    let of = |filter: &TimelineFilter| Timeline::of(&view, Reader::new(&frame, sample::friday()), filter);
    let holds =
        |timeline: &Timeline, n: u64| lines(timeline).any(|line| matches!(line, Line::Entry(entry) if entry.uid == uid(n)));
    let last = of(&TimelineFilter::default());
    assert!(holds(&last, 1_199) && holds(&last, 950) && !holds(&last, 800), "the latest three hundred");
    assert_eq!((last.pager.place.as_str(), last.pager.after.as_str()), ("Page 5 of 5", ""));
    let words = TimelineFilter { words: "mail".to_owned(), ..TimelineFilter::default() };
    assert!(of(&words).pager.before.contains("q=mail&page="), "{:?}", of(&words).pager);
    let found = of(&TimelineFilter { entry: Some(uid(100)), ..TimelineFilter::default() });
    assert!(holds(&found, 100) && found.pager.place == "Page 2 of 5");
    assert!(!holds(&of(&TimelineFilter { page: Some(3), ..TimelineFilter::default() }), 100));
    assert_eq!(timeline(&TimelineFilter::default()).pager.place, "", "what is short has no pages");
}
