package site

// Call (意见征集) is what an article of that column asks of whoever reads it. The
// page draws it in the place of the named fields, in which it stands too.
type Call struct {
	ArticleID string   `json:"article_id"`
	Question  string   `json:"question"`
	Options   []string `json:"options"` // none: text only
	Text      bool     `json:"text"`    // text may be written too; it is never public
	From      string   `json:"from"`
	Until     string   `json:"until"` // the last day
	State     string   `json:"state"` // early, open or ended
	Tally     *Tally   `json:"tally"` // once it has ended
	Result    string   `json:"result"`
	ResultBy  string   `json:"result_by"` // the day by which the result is to be published
}

// Tally is how many gave an opinion, and how many of them chose each option.
type Tally struct {
	Given  int      `json:"given"`
	Chosen []Chosen `json:"chosen"`
}

// Chosen is an option, how many chose it, and how many that is of all who gave an
// opinion, in whole percent.
type Chosen struct {
	Option  string `json:"option"`
	Count   int    `json:"count"`
	Percent int    `json:"percent"`
}
