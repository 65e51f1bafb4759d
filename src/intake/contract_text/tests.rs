//! Texts of our own, each with what is awkward about it.

use super::*;

/// Number, heading and quote of each clause.
fn found(text: &str) -> Vec<(String, String, String)> {
    clauses(text).into_iter().map(|found| (found.number, found.heading, found.quote)).collect()
}

fn numbers(text: &str) -> Vec<String> {
    clauses(text).into_iter().map(|found| found.number).collect()
}

fn is(found: &[(String, String, String)], expected: &[(&str, &str, &str)]) {
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn articles_are_told_apart_however_they_are_numbered() {
    is(
        &found(
            "回線利用契約書\n\n甲と乙は、次のとおり契約する。\n\n第1条（目的）\n本契約は目的を定める。\n\n第２条（定義）用語は、次による。\n第十二条　通知は書面による。\n第12条の2（電子通知）\n電子メールによる。\n第 １３ 条 【解除】\n解除できる。",
        ),
        &[
            ("", "", "回線利用契約書\n\n甲と乙は、次のとおり契約する。"),
            ("第1条", "目的", "本契約は目的を定める。"),
            ("第２条", "定義", "用語は、次による。"),
            ("第十二条", "", "通知は書面による。"),
            ("第12条の2", "電子通知", "電子メールによる。"),
            ("第 １３ 条", "解除", "解除できる。"),
        ],
    );
}

#[test]
fn what_stands_below_a_clause_belongs_to_it() {
    let body = "乙は、次の各号の義務を負う。\n  (1) 監視\n　　① 常時\n2　前項の監視は、次による。\n　一　電話\n第2項の定めは、準用する。\n2. 報告";
    is(
        &found(&format!("第5条（保守）\n{body}\n\n\n第6条 甲は支払う。\n")),
        &[("第5条", "保守", body), ("第6条", "", "甲は支払う。")],
    );
}

#[test]
fn a_reference_begins_no_clause() {
    for line in [
        "第5条に定める場合",
        "第5条第2項の場合",
        "第5条の規定",
        "第５条、第６条",
        "第5条及び第6条",
        "第5条（通知）に定める方法",
        "第5条から第7条まで",
        "第十条各号",
        "第5条又は第6条",
        "第3条ないし第5条",
    ] {
        assert_eq!(
            numbers(&format!("第1条（責任）\n甲は、\n{line}を除き責任を負う。\n第2条（期間）\n一年とする。")),
            ["第1条", "第2条"],
            "{line}"
        );
    }
    let english = "1.1 Liability\nThe Provider is liable in accordance with\n12.3 of this Agreement, and under\nSection 5.\nArticle 7(2) applies, see\nClause 9\nabove and\nSection 4, as\n§ 8 says. See 12.4 Notices.\n1.2 Term\nOne year.";
    assert_eq!(numbers(english), ["1.1", "1.2"]);
}

#[test]
fn a_heading_may_stand_above_its_article_or_beside_it() {
    is(
        &found(
            "（目的）\n第一条　この契約は、目的を定める。\n\n（通知）\n第二条　通知は書面による。\n２　緊急のときは電話による。\n第三条　期間\n一年とする。\n第四条：裁判所\n東京とする。",
        ),
        &[
            ("第一条", "目的", "この契約は、目的を定める。"),
            ("第二条", "通知", "通知は書面による。\n２　緊急のときは電話による。"),
            ("第三条", "期間", "一年とする。"),
            ("第四条", "裁判所", "東京とする。"),
        ],
    );
}

#[test]
fn chapters_and_supplements_end_a_clause() {
    is(
        &found(
            "第1章　総則\n第1条（目的）\nこれを定める。\n\n第２章 保守\n\n第2条（保守）\n保守する。\n\n附　則\n1 本契約は四月一日から施行する。\n附則（令和8年4月1日）\n改定は同日から適用する。",
        ),
        &[
            ("第1条", "目的", "これを定める。"),
            ("第2条", "保守", "保守する。"),
            ("附　則", "", "1 本契約は四月一日から施行する。"),
            ("附則", "令和8年4月1日", "改定は同日から適用する。"),
        ],
    );
}

#[test]
fn english_clauses_are_told_apart() {
    is(
        &found(
            "SERVICE AGREEMENT\r\n\r\n11. FEES\r\n\r\n11.1 Amount\r\nThe fee is 3.5 % of the price.\r\n\r\n12. NOTICES\r\n\r\n12.1 Notices shall be in writing\r\nand reach the other party.\r\n12.2 Addresses\r\n\r\n(a) by post;\r\n(b) by mail.\r\n12.2.1 The addresses are those of Annex 1.",
        ),
        &[
            ("", "", "SERVICE AGREEMENT"),
            ("11.1", "Amount", "The fee is 3.5 % of the price."),
            ("12.1", "", "Notices shall be in writing\nand reach the other party."),
            ("12.2", "Addresses", "(a) by post;\n(b) by mail."),
            ("12.2.1", "", "The addresses are those of Annex 1."),
        ],
    );
    is(
        &found(
            "Article 5 (Notices)\nNotices are given in writing.\n\nARTICLE VI – TERM\nOne year.\nSection 7. Fees are due monthly.\nClause 8: Law\nThe law of Japan.\n§ 9 Venue\nTokyo.\n§ 10a\nNone.",
        ),
        &[
            ("Article 5", "Notices", "Notices are given in writing."),
            ("ARTICLE VI", "TERM", "One year."),
            ("Section 7", "", "Fees are due monthly."),
            ("Clause 8", "Law", "The law of Japan."),
            ("§ 9", "Venue", "Tokyo."),
            ("§ 10a", "", "None."),
        ],
    );
}

#[test]
fn numbers_that_count_something_begin_no_clause() {
    for line in ["3.5 % per month", "2026.4.1 から", "192.0.2.10 の機器", "0.5 倍", "10.5時間以内", "99.95％以上"] {
        assert_eq!(numbers(&format!("1.1 稼働率\n次のとおりとする。\n{line}\n1.2 期間\n一年とする。")), ["1.1", "1.2"], "{line}");
    }
    is(
        &found("１２．１　通知\n書面による。\n１２．２　期間は一年とする。"),
        &[("１２．１", "通知", "書面による。"), ("１２．２", "", "期間は一年とする。")],
    );
}

#[test]
fn a_table_of_contents_yields_nothing() {
    let clauses = "第1条（目的）\nこれを定める。\n第2条（定義）\n用語による。\n第3条（期間）\n一年。";
    let expected = &[("第1条", "目的", "これを定める。"), ("第2条", "定義", "用語による。"), ("第3条", "期間", "一年。")];
    for contents in [
        "目　次\n第1章 総則………… 1\n第1条（目的）……………… 3\n第2条（定義）・・・・・・ 4\n第3条（期間）........ 5\n\n",
        "第1条（目的） 1\n第2条（定義） 2\n第3条（期間） 12\n",
        "目次\n第1条（目的）\n第2条（定義）\n第3条（期間）\n\n",
        "第1条　目的\n第2条　定義\n第3条　期間\n\n",
        "第1条 目的\t1\n第2条 定義\t2\n第3条 期間\t3\n",
    ] {
        is(&found(&format!("{contents}{clauses}")), expected);
    }
    assert_eq!(
        numbers("CONTENTS\n1.1 Scope ........ 1\n1.2 Term . . . . . 2\n\n1.1 Scope\nAll lines.\n1.2 Term\nOne year."),
        ["1.1", "1.2"]
    );
    assert_eq!(numbers("1.1 Scope\n1.2 Term\n1.3 Fees\n"), Vec::<String>::new());
}

#[test]
fn short_clauses_are_no_table_of_contents() {
    is(
        &found("5.1 受付時間 平日9時から17時\n5.2 電話 0120-555-010\n5.3 報告は翌日までに行う。"),
        &[("5.1", "", "受付時間 平日9時から17時"), ("5.2", "", "電話 0120-555-010"), ("5.3", "", "報告は翌日までに行う。")],
    );
}

#[test]
fn a_text_that_cannot_be_split_is_one() {
    is(
        &found("\n\n  覚書\n甲は乙に、第5条に定めるところにより通知する。\n\n"),
        &[("", "", "  覚書\n甲は乙に、第5条に定めるところにより通知する。")],
    );
    assert_eq!(clauses(""), []);
    assert_eq!(clauses(" \r\n\t\r\n"), []);
}

#[test]
fn no_length_is_too_much() {
    let many: String = (1..=6_000).map(|nth| format!("第{nth}条（見出し）\n本文である。\n")).collect();
    let found = clauses(&many);
    assert_eq!(found.len(), MAX_CLAUSES);
    assert!(found.last().is_some_and(|last| last.quote.ends_with("第6000条（見出し）\n本文である。")));
    for line in [
        "第",
        "第1条",
        "第1条（",
        "1.1 ",
        "1.1\n",
        "§1\n",
        "\n",
        "（\n",
        "Article ",
        "目次\n",
        "1. a\n",
        "........",
        "第1条の1の1の",
        "1.",
    ] {
        let long = line.repeat(MAX_TEXT / line.len() + 10);
        assert!(clauses(&long).len() <= MAX_CLAUSES);
    }
}

#[test]
fn no_character_does_harm() {
    let samples = [
        "第", "条", "の", "1", "１", "十", "（", "）", "(", ")", "\n", "\r\n", " ", "　", ".", "．", "…", "\t", "Article ", "§",
        "a", "\u{feff}", "目次", "附則", "。", "😀", "é",
    ];
    let mut seed = 1_usize;
    for _ in 0..5_000 {
        let text: String = (0..40)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                samples[(seed >> 33) % samples.len()]
            })
            .collect();
        for found in clauses(&text) {
            assert!(!found.quote.trim().is_empty(), "{text:?}");
        }
    }
}
