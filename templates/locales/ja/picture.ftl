# 経過図。
picture-heading = 経過図
picture-alt = { $title }の経過図
picture-note = 薄れる端はおおよその時刻。縦縞は待ち時間、白抜きは他社・社内との通話、丸の数字は一からの説明の回数。約束の太い線は期限の後。ぎざぎざは出来事のない時間を畳んだもの。
picture-note-outward = 薄れる端はおおよその時刻。縦縞は待ち時間。約束の太い線は期限の後。ぎざぎざは出来事のない時間を畳んだもの。
picture-down = 停止
picture-attempts = つながらず
picture-attempts-sum = { $n }回 · { $time }
picture-calls = 通話
picture-told-sum = { $n }回
picture-told = 一からの説明
picture-others = ほかの記録
picture-promises = 約束
picture-blank = {""}
picture-more-promises = ほかに約束 { $n }件
picture-cause-stands = 応急対応で回復（原因は残存）
picture-gist = { $words }
