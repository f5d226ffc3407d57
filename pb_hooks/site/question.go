package site

// Question (便民问答) is a question with its answer, as the named fields of an
// article say it.
type Question struct {
	Article   string  `json:"article"` // id of the article it stands in
	Question  string  `json:"question"`
	Answer    string  `json:"answer"`
	Topic     string  `json:"topic"`      // 主题
	Audience  string  `json:"audience"`   // 适用对象
	CheckedOn string  `json:"checked_on"` // 最近核对, a date
	More      []Named `json:"more"`       // what else the column asks for
}

// Topic (主题) are the questions of a column about one thing.
type Topic struct {
	Name      string     `json:"name"`
	Questions []Question `json:"questions"`
}

// Named is a value with its name.
type Named struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
