# The picture of the timeline.
picture-heading = The course in a picture
picture-alt = Timeline: { $title }
picture-note = Ends that fade are only roughly known. Stripes are waiting; hollow bars are calls with others or among ourselves; numbers in rings count the tellings from the start. A promise's thick line is the time after it fell due. A tear hides hours in which nothing happened.
picture-note-outward = Ends that fade are only roughly known. Stripes are waiting. A promise's thick line is the time after it fell due. A tear hides hours in which nothing happened.
picture-down = Down
picture-attempts = Not through
picture-attempts-sum = { $n } times · { $time }
picture-calls = Calls
picture-told-sum = { $n } times
picture-told = Told
picture-others = Other
picture-promises = Promises
picture-blank = {""}
picture-more-promises = { $n } more promises
picture-cause-stands = works by a makeshift; the cause stands
picture-gist = { $words }
