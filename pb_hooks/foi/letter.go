package foi

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gongkai/pb_hooks/workday"
)

// LetterKind names a document of a request (文书). Answers have one kind for each
// suffix of their number; what differs within a kind comes from the outcome.
type LetterKind string

// Letters.
const (
	LetterReceipt     LetterKind = "receipt"      // 收件回执; also of a corrected application
	LetterCorrection  LetterKind = "correction"   // 补正告知书
	LetterExtension   LetterKind = "extension"    // 延期答复告知书
	LetterThirdParty  LetterKind = "third_party"  // 第三方意见征询单
	LetterConsult     LetterKind = "consult"      // 征求意见函, to a joint maker or another organ
	LetterRightHolder LetterKind = "right_holder" // 权利人告知书: disclosed in the public interest
	LetterAbandoned   LetterKind = "abandoned"    // 视为放弃告知书
	LetterWithdrawn   LetterKind = "withdrawn"    // 撤回确认书
	LetterSupplement  LetterKind = "supplement"   // 补充答复书
	LetterAssignment  LetterKind = "assignment"   // 转办单
	LetterSupervision LetterKind = "supervision"  // 督办单, of the bureau
	LetterDelivery    LetterKind = "delivery"     // 送达回证
	LetterDossier     LetterKind = "dossier"      // 归档目录

	// of the bureau to a school, about an order that no request gave occasion to
	LetterOrder         LetterKind = "order"          // 督办通知书
	LetterRectification LetterKind = "rectification"  // 整改通知书
	LetterOrderClosed   LetterKind = "order_closed"   // 验收意见书
	LetterOrderReturned LetterKind = "order_returned" // 退回整改意见书

	LetterAnswerDisclosed   LetterKind = "answer_disclosed"
	LetterAnswerPartial     LetterKind = "answer_partial"
	LetterAnswerSecret      LetterKind = "answer_secret"
	LetterAnswerRefused     LetterKind = "answer_refused"
	LetterAnswerThirdParty  LetterKind = "answer_third_party"
	LetterAnswerNotHeld     LetterKind = "answer_not_held"
	LetterAnswerNotOurs     LetterKind = "answer_not_ours"
	LetterAnswerUnavailable LetterKind = "answer_unavailable"
	LetterAnswerPetition    LetterKind = "answer_petition"
	LetterAnswerRepeated    LetterKind = "answer_repeated"
	LetterAnswerDeclined    LetterKind = "answer_declined"
	LetterAnswerOther       LetterKind = "answer_other"
)

// Letter is one row of what can be written.
type Letter struct {
	Kind   LetterKind
	Name   string // in lists
	Title  string // on the paper
	Suffix string // end of its number; one series of serials for each
	Sealed bool   // with issuer, date and room for the seal

	// Placeholders. Every template carries the required ones and those that may be
	// blank; every letter fills the required ones; the optional ones are free.
	Required  []string
	Blankable []string
	Optional  []string

	Text string // default text; see Lines
}

// Letters are all kinds in the order of a case. The slice is the caller's.
func Letters() []Letter { return slices.Clone(letters) }

// LetterKinds are the names of all kinds.
func LetterKinds() []LetterKind {
	var kinds []LetterKind
	for _, l := range letters {
		kinds = append(kinds, l.Kind)
	}
	return kinds
}

// FindLetter returns the row of a kind, or UnknownLetter.
func FindLetter(kind LetterKind) (Letter, error) {
	for _, l := range letters {
		if l.Kind == kind {
			return l, nil
		}
	}
	return Letter{}, UnknownLetter{kind}
}

// Name is the kind in words.
func (k LetterKind) Name() string {
	l, _ := FindLetter(k)
	return l.Name
}

// Suffix is the end of the numbers of its letters.
func (k LetterKind) Suffix() string {
	l, _ := FindLetter(k)
	return l.Suffix
}

// IsAnswer reports whether it is an 答复书, which ends the answer period.
func (k LetterKind) IsAnswer() bool { return strings.HasPrefix(string(k), "answer_") }

// UnknownLetter is a kind that the table does not hold.
type UnknownLetter struct{ Kind LetterKind }

func (e UnknownLetter) Error() string { return fmt.Sprintf("没有名为“%s”的文书", e.Kind) }

// Code is the machine's name of the error.
func (e UnknownLetter) Code() string { return "letter_unknown_kind" }

// Params are the words a page may need.
func (e UnknownLetter) Params() map[string]any { return map[string]any{"kind": e.Kind} }

// LetterNumber writes the number of a letter: 闵教晨光信〔2026〕12号-收. The district's
// word and the school's are Chinese characters, four and eight at most; letters of
// the bureau itself have no school. The serial counts from 1 in its series: one
// school, one year, one suffix. BadLetterNumber names what is wrong. It counts
// nothing itself.
func LetterNumber(district, school string, year, serial int, suffix string) (string, error) {
	switch {
	case !isWord(district, 4):
		return "", BadLetterNumber{"district", "区的代字填写 1 至 4 个汉字，如“闵教”"}
	case school != "" && !isWord(school, 8):
		return "", BadLetterNumber{"school", "学校的代字填写 1 至 8 个汉字，如“晨光”"}
	case year < 2000 || year > 2999:
		return "", BadLetterNumber{"year", "年份填写四位数字"}
	case serial < 1:
		return "", BadLetterNumber{"serial", "序号从 1 开始"}
	case !slices.ContainsFunc(letters, func(l Letter) bool { return l.Suffix == suffix }):
		return "", BadLetterNumber{"suffix", "没有尾字为“" + suffix + "”的文书"}
	}
	return fmt.Sprintf("%s%s信〔%d〕%d号-%s", district, school, year, serial, suffix), nil
}

func isWord(text string, most int) bool {
	n := utf8.RuneCountInString(text)
	return n >= 1 && n <= most && strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

// BadLetterNumber is a part that no number can be made of.
type BadLetterNumber struct{ Field, Sentence string }

func (e BadLetterNumber) Error() string { return e.Sentence }

// Code is the machine's name of the error.
func (e BadLetterNumber) Code() string { return "letter_bad_number" }

// Params are the words a page may need.
func (e BadLetterNumber) Params() map[string]any { return map[string]any{"field": e.Field} }

// LetterDate writes 2026-01-28 as 2026年1月28日, as letters do; what is no date
// stays as it is.
func LetterDate(d workday.Date) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("2006年1月2日")
}
