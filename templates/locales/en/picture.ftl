# The picture of the timeline.
picture-heading = The course in a picture
picture-alt = Timeline: { $title }. { $rows }
picture-alt-row = { $row }: { $n }
picture-mitigated-by = workaround by { $company }
picture-restored-by = restored by { $company }
picture-target = { $when }: { $what }
picture-note = Ends that fade are only roughly known. Stripes are waiting; hollow bars are calls with others or among ourselves; numbers in rings count the tellings from the start. A promise's thick line is the time after it fell due. A tear hides hours in which nothing happened. An envelope is a notice.
picture-note-outward = Ends that fade are only roughly known. Stripes are waiting. A promise's thick line is the time after it fell due. A tear hides hours in which nothing happened. An envelope is a notice.
picture-down = Down
picture-attempts = Not through
picture-attempts-sum = { $n ->
        [one] once
       *[other] { $n } times
    } · { $time }
picture-calls = Calls
picture-told-sum = { $n } times
picture-told = Told
picture-others = Other
picture-promises = Promises
picture-blank = {""}
picture-more-promises = { $n ->
        [one] one more promise
       *[other] { $n } more promises
    }
picture-cause-stands = works by a workaround; the cause stands
picture-cause-stands-by = workaround by { $company }; the cause stands
picture-gist = { $words }
