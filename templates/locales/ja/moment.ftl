# 日時の入力が理解できなかったとき。{ $piece } は入力のうち問題の箇所。
moment-error-empty = 日時を入力してください。分からないときは「昨夜10時頃」「7月頃」のような書き方でかまいません。
moment-error-too-long = 日時として長すぎます。
moment-error-not-understood = 「{ $piece }」を日時として読み取れませんでした。「22:00」「昨夜10時頃」「11月22日 10:20」「9時〜10時」「10分前」のように書いてください。
moment-error-bare-number = 「{ $piece }」だけでは時刻か日付か長さか分かりません。「10時」「10日」「10分前」のように書いてください。
moment-error-two-readings = 「{ $piece }」は二通りに読めます。「22日 0:30」のように、日付と24時間制の時刻で書いてください。
moment-error-no-such-date = 「{ $piece }」という日付はありません。
moment-error-no-such-time = 「{ $piece }」という時刻はありません。
moment-error-skipped = 「{ $piece }」は時計が進められた日時で、存在しません。
moment-error-wrong-weekday = 「{ $piece }」は日付と曜日が合っていません。
moment-error-ends-swapped = 終わりが始まりより前になっています。
