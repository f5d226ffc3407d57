package foi

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/workday"
)

// RemedyKey names a remedy paragraph (救济途径).
type RemedyKey string

// Remedy paragraphs.
const (
	RemedyAppeal     RemedyKey = "appeal"      // of the applicant
	RemedyThirdParty RemedyKey = "third_party" // of a third party whose information is disclosed
)

// RemedyText is one wording of a remedy paragraph. District "" holds everywhere; a
// wording of a district goes before it.
type RemedyText struct {
	Key      RemedyKey
	District string       // code; "" for all
	From     workday.Date // first day on which letters carry it
	Text     string       // with {{本单位}} and {{主管部门}}
}

// DefaultRemedies hold where the district has set none. The remedy against a
// school is the complaint to the department in charge (申诉, 条例 art. 55 ¶2), not
// 行政复议 or 行政诉讼: a school is no 行政机关. The day is that of 条例 (2019).
var DefaultRemedies = []RemedyText{
	{RemedyAppeal, "", "2019-05-15",
		"如认为{{本单位}}未依照有关规定公开信息，可以依照《中华人民共和国政府信息公开条例》第五十五条第二款的规定，向{{主管部门}}申诉。"},
	{RemedyThirdParty, "", "2019-05-15",
		"如认为公开上述信息不符合有关规定，可以依照《中华人民共和国政府信息公开条例》第五十五条第二款的规定，向{{主管部门}}申诉。"},
}

// RemedyKeys are all keys.
func RemedyKeys() []RemedyKey { return []RemedyKey{RemedyAppeal, RemedyThirdParty} }

// RemedyTextFor returns the wording in force on a day: the district's before the
// general one, the newest of several. all is the records; the defaults count too.
// NoRemedy if there is none: a letter without remedy must not go out.
func RemedyTextFor(all []RemedyText, key RemedyKey, district string, on workday.Date) (RemedyText, error) {
	best, found := RemedyText{}, false
	for _, r := range slices.Concat(DefaultRemedies, all) {
		if r.Key != key || r.From > on || r.District != "" && r.District != district || strings.TrimSpace(r.Text) == "" {
			continue
		}
		if !found || r.District != "" && best.District == "" || r.District == best.District && r.From >= best.From {
			best, found = r, true
		}
	}
	if !found {
		return RemedyText{}, NoRemedy{key, on}
	}
	return best, nil
}

// NoRemedy is a day on which no wording holds.
type NoRemedy struct {
	Key RemedyKey
	On  workday.Date
}

func (e NoRemedy) Error() string {
	return fmt.Sprintf("%s没有可用的救济途径文字，请先设置", LetterDate(e.On))
}

// Code is the machine's name of the error.
func (e NoRemedy) Code() string { return "foi_no_remedy" }

// Params are the words a page may need.
func (e NoRemedy) Params() map[string]any { return map[string]any{"key": e.Key, "on": e.On} }

// RemedyCaution says what is doubtful about a wording, or nothing. A district may
// decide otherwise, but not without having read this.
func RemedyCaution(text string) string {
	for _, word := range []string{"复议", "诉讼", "起诉"} {
		if strings.Contains(text, word) {
			return "学校不是行政机关，对学校信息公开的救济途径一般是向主管部门申诉（条例第五十五条第二款）；写“" + word + "”前请经法制部门确认"
		}
	}
	if !strings.Contains(text, "{{主管部门}}") {
		return "没有写明向哪个部门申诉，请使用 {{主管部门}}"
	}
	return ""
}
