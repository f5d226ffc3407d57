package site

// DistrictFigures is what the district tells of itself: sums over all schools at
// the end of a day, with how each is counted. It names no school: a list of the
// worst helps nobody to become better.
type DistrictFigures struct {
	Day     string        `json:"day"`     // of the figures; "" before the first night
	Since   string        `json:"since"`   // what counts a period counts from this day on
	Schools int           `json:"schools"` // that were counted
	Shares  []ShareFigure `json:"shares"`
	Groups  []FigureGroup `json:"groups"`
}

// ShareFigure is a part of a whole, and never shown without it.
type ShareFigure struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Part    int    `json:"part"`
	Whole   int    `json:"whole"`
	Unit    string `json:"unit"`
	Percent string `json:"percent"` // one decimal, rounded down; "" if there is nothing to divide by, or too little to tell
	Target  int    `json:"target"`  // per cent
	How     string `json:"how"`
}

// FigureGroup are figures under a heading.
type FigureGroup struct {
	Name    string       `json:"name"`
	Figures []FigureLine `json:"figures"`
}

// FigureLine is one figure with how it is counted.
type FigureLine struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	Count  int    `json:"count"`
	Unit   string `json:"unit"`
	Period bool   `json:"period"` // counted since Since; else as it was on Day
	How    string `json:"how"`
	Basis  string `json:"basis"`
}
