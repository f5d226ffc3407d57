package pb_hooks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// Where a setting with a first day stands today.
const (
	settingComing   = "coming"   // 尚未适用
	settingInForce  = "in_force" // 现行
	settingReplaced = "replaced" // 已被替代
)

// TermsSetting are periods from a day on. Periods are by the names of the fields
// of foi_terms.
type TermsSetting struct {
	ID        string         `json:"id"` // "" are the program's own
	ValidFrom workday.Date   `json:"valid_from"`
	State     string         `json:"state"`
	Note      string         `json:"note"`
	By        string         `json:"by"`
	Periods   map[string]int `json:"periods"`
}

// RemedySetting is a wording of a remedy paragraph from a day on.
type RemedySetting struct {
	ID        string       `json:"id"` // "" is the program's own
	Key       string       `json:"key"`
	ValidFrom workday.Date `json:"valid_from"`
	State     string       `json:"state"`
	Text      string       `json:"text"`
	By        string       `json:"by"`
	Caution   string       `json:"caution"` // what is doubtful about it
}

// SchoolWord is the word by which the numbers of letters name a school (校代字).
type SchoolWord struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Word string `json:"word"`
}

// DistrictSetting is what holds for the whole district; what is "" or 0 is taken
// from the default beside it.
type DistrictSetting struct {
	Mode              string `json:"foi_mode"` // requests, consultation
	LetterWord        string `json:"letter_word"`
	LetterWordDefault string `json:"letter_word_default"`
	Bureau            string `json:"bureau_name"`
	BureauDefault     string `json:"bureau_name_default"`
	PurgeDays         int    `json:"foi_purge_days"`
}

// RequestSettings is everything the settings page shows.
type RequestSettings struct {
	Today       workday.Date     `json:"today"`
	MaySet      bool             `json:"may_set"` // the supervisor; who only keeps accounts imports calendars
	Terms       []TermsSetting   `json:"terms"`   // newest first
	Remedies    []RemedySetting  `json:"remedies"`
	Templates   []LetterTemplate `json:"templates"`
	Years       []CalendarYear   `json:"years"`
	Missing     int              `json:"missing"`     // year whose notice should be there; 0 if none is missing
	Provisional int              `json:"provisional"` // requests whose due day is 暂定
	District    DistrictSetting  `json:"district"`
	Schools     []SchoolWord     `json:"schools"`
}

// requestSettings shows the bureau what is set for 依申请公开.
func (p *platform) requestSettings(e *core.RequestEvent) error {
	maySet, err := p.servesBureau(e.App, e.Auth, publication.Supervisor)
	if err != nil {
		return err
	}
	mayImport, err := p.servesBureau(e.App, e.Auth, publication.Admin)
	if err != nil {
		return err
	}
	if !maySet && !mayImport {
		return e.ForbiddenError("依申请公开的设置由区教育局办理。", nil)
	}
	view, err := p.settingsOf(e.App)
	if err != nil {
		return err
	}
	view.MaySet = maySet
	return e.JSON(http.StatusOK, view)
}

func (p *platform) settingsOf(app core.App) (v RequestSettings, err error) {
	v.Today = workday.Date(p.today())
	if v.Terms, err = termsSettings(app, v.Today); err != nil {
		return v, err
	}
	if v.Remedies, err = remedySettings(app, v.Today); err != nil {
		return v, err
	}
	if v.Templates, err = letterTemplates(app); err != nil {
		return v, err
	}
	if v.Years, err = calendarYears(app); err != nil {
		return v, err
	}
	calendar, err := p.calendar(app)
	if err != nil {
		return v, err
	}
	v.Missing = missingYear(calendar, v.Today)
	provisional, err := app.CountRecords(records.FOIRequests, dbx.HashExp{"provisional": true})
	if err != nil {
		return v, err
	}
	v.Provisional = int(provisional)
	return v, p.districtSettings(app, &v)
}

func (p *platform) districtSettings(app core.App, v *RequestSettings) error {
	r, err := app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return err
	}
	d, err := records.LoadDirectory(app, string(v.Today)) // as it is in this transaction
	if err != nil {
		return err
	}
	v.District = DistrictSetting{Mode: "requests", LetterWord: r.GetString("letter_word"), Bureau: r.GetString("bureau_name"), PurgeDays: r.GetInt("foi_purge_days"),
		LetterWordDefault: records.DefaultLetterWord(d.District.Name), BureauDefault: records.DefaultBureau(d.District)}
	if d.District.ConsultationOnly {
		v.District.Mode = "consultation"
	}
	v.Schools = []SchoolWord{}
	for _, s := range d.Schools {
		v.Schools = append(v.Schools, SchoolWord{s.ID, s.Name, s.LetterWord})
	}
	return nil
}

// termFields are the periods and alarm levels of foi_terms.
var termFields = []string{"answer", "extend", "correction_notice", "correction", "correction_min", "correction_max", "third_party", "other_organ", "confirm",
	"archive", "supplement", "yellow", "orange", "red"}

func termsSettings(app core.App, today workday.Date) ([]TermsSetting, error) {
	c, err := app.FindCachedCollectionByNameOrId(records.FOITerms)
	if err != nil {
		return nil, err
	}
	rows, err := app.FindAllRecords(c)
	if err != nil {
		return nil, err
	}
	list := []TermsSetting{defaultTerms()}
	for _, r := range rows {
		s := TermsSetting{ID: r.Id, ValidFrom: workday.Date(r.GetString("valid_from")), Note: r.GetString("note"), By: r.GetString("by_name"), Periods: map[string]int{}}
		for _, field := range termFields {
			s.Periods[field] = r.GetInt(field)
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b TermsSetting) int { return strings.Compare(string(b.ValidFrom), string(a.ValidFrom)) })
	inForce := false
	for i := range list {
		list[i].State, inForce = stateOfSetting(list[i].ValidFrom, today, inForce)
	}
	return list, nil
}

// stateOfSetting goes through settings from the newest: the first that has begun
// is in force.
func stateOfSetting(from, today workday.Date, found bool) (state string, inForce bool) {
	switch {
	case from > today:
		return settingComing, found
	case !found:
		return settingInForce, true
	}
	return settingReplaced, true
}

func defaultTerms() TermsSetting {
	t := foi.DefaultTerms
	return TermsSetting{ValidFrom: t.From, Note: "《中华人民共和国政府信息公开条例》（2019）和平台的默认值", Periods: map[string]int{"answer": t.Answer, "extend": t.Extend,
		"correction_notice": t.CorrectionNotice, "correction": t.Correction, "correction_min": t.CorrectionMin, "correction_max": t.CorrectionMax,
		"third_party": t.ThirdParty, "other_organ": t.OtherOrgan, "confirm": t.Confirm, "archive": t.Archive, "supplement": t.Supplement,
		"yellow": t.Yellow, "orange": t.Orange, "red": t.Red}}
}

func remedySettings(app core.App, today workday.Date) ([]RemedySetting, error) {
	rows, err := app.FindAllRecords(records.RemedyTexts)
	if err != nil {
		return nil, err
	}
	var all []RemedySetting
	for _, key := range foi.RemedyKeys() {
		var list []RemedySetting
		for _, r := range foi.DefaultRemedies {
			if r.Key == key {
				list = append(list, RemedySetting{Key: string(key), ValidFrom: r.From, Text: r.Text})
			}
		}
		for _, r := range rows {
			if r.GetString("key") == string(key) {
				list = append(list, RemedySetting{ID: r.Id, Key: string(key), ValidFrom: workday.Date(r.GetString("valid_from")), Text: r.GetString("text"), By: r.GetString("by_name")})
			}
		}
		slices.SortStableFunc(list, func(a, b RemedySetting) int { return strings.Compare(string(b.ValidFrom), string(a.ValidFrom)) })
		inForce := false
		for i := range list {
			list[i].Caution = foi.RemedyCaution(list[i].Text)
			list[i].State, inForce = stateOfSetting(list[i].ValidFrom, today, inForce)
		}
		all = append(all, list...)
	}
	return all, nil
}
