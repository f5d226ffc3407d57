package site

// SchoolDetail is what the public may know of a school.
type SchoolDetail struct {
	SchoolItem
	Aliases  []string  `json:"aliases"`
	Campuses []Campus  `json:"campuses"`
	Website  string    `json:"website"`
	Location *Location `json:"location"`
	Logo     string    `json:"logo"` // address of the picture, empty if none

	CreditCode string      `json:"credit_code"` // 统一社会信用代码
	Level      string      `json:"level"`       // 等级级别
	Postcode   string      `json:"postcode"`
	OpenedOn   string      `json:"opened_on"`  // day
	EndedOn    string      `json:"ended_on"`   // the day it was merged or closed
	Successors []SchoolRef `json:"successors"` // what it became part of, or was split into
}

// HasEnded reports whether the school was merged or closed.
func (s SchoolDetail) HasEnded() bool { return s.Status == "merged" || s.Status == "closed" }

// Campus (校区) is one address of a school.
type Campus struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
}

// Location is a WGS 84 point in degrees.
type Location struct {
	Lon float64 `json:"lon"`
	Lat float64 `json:"lat"`
}
