# 今日の一覧。
overview = 今日の一覧
overview-overdue = 期限の過ぎた約束
overview-overdue-none = 期限の過ぎた約束はありません。
overview-today = 今日が期限の約束
overview-today-none = 今日が期限の約束はありません。
overview-asks = 答えのない質問・要求
overview-asks-none = 答えを待っている質問・要求はありません。
overview-silent = 一日以上動きのない案件
overview-silent-none = 動きの止まった案件はありません。
overview-companies = 契約先ごと
overview-open = 継続中 { $count }件
overview-overdue-count = 期限経過 { $count }件
overview-due = { $at } まで
overview-since = 最後の記録は { $at }
overview-never = まだ記録がありません
overview-empty = 案件はまだありません。
overview-empty-next = 電話をかける前に案件を開いておくと、話しながら書き留められます。
