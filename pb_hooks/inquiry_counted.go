package pb_hooks

import (
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// countedLetters holds of every letter what the bureau's figures need, some forty
// bytes each: reading 200,000 rows takes SQLite a second. It is read when it is
// first asked for; later only what changed since is read again, so that it needs
// no telling and knows what other processes wrote. Letters are never deleted, so
// the numbers of their rows are their places.
type countedLetters struct {
	mu    sync.Mutex
	rows  []countedLetter // by number of the row, less one
	names []string        // units, channels and categories, each once
	known map[string]uint16
	since time.Time // changes before it were read
}

// countedLetter is one letter. Days are those of since 1970; 0 is none.
type countedLetter struct {
	unit, channel, category  uint16
	submitted, acceptBy, due int32
	acceptHours, answerHours float32
	rating                   uint8
	open, running, redoing   bool
	decided, acceptedLate    bool
	answered, late           bool
}

// counted is a row of the query.
type counted struct {
	Row          int     `db:"row"`
	Unit         string  `db:"unit"`
	Channel      string  `db:"channel"`
	Category     string  `db:"category"`
	State        string  `db:"state"`
	Clock        string  `db:"clock"`
	Submitted    string  `db:"submitted"`
	AcceptBy     string  `db:"accept_by"`
	Due          string  `db:"due"`
	Decided      string  `db:"decided"`
	Answered     string  `db:"answered"`
	AcceptedLate bool    `db:"accepted_late"`
	Late         bool    `db:"late"`
	AcceptHours  float64 `db:"accept_hours"`
	AnswerHours  float64 `db:"answer_hours"`
	Rating       uint8   `db:"rating"`
}

// longestTransaction bounds how long a change may be on its way into the database
// after the instant that it bears.
const longestTransaction = time.Minute

// read brings the letters up to date and gives them to use, which keeps nothing.
func (n *countedLetters) read(app core.App, now time.Time, use func(rows []countedLetter, names []string)) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	begun := time.Now() // what bears the times of records
	if now.Before(begun) {
		begun = now
	}
	rows, err := app.DB().Select("_rowid_ AS row", "unit", "channel", "category", "state", "clock", "submitted", "accept_by", "due", "decided", "answered",
		"accepted_late", "late", "accept_hours", "answer_hours", "rating").From(records.Inquiries).
		Where(dbx.NewExp("updated >= {:since}", dbx.Params{"since": n.since.UTC().Format(records.InstantLayout)})).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	var c counted
	for rows.Next() {
		if err := rows.Scan(&c.Row, &c.Unit, &c.Channel, &c.Category, &c.State, &c.Clock, &c.Submitted, &c.AcceptBy, &c.Due, &c.Decided, &c.Answered,
			&c.AcceptedLate, &c.Late, &c.AcceptHours, &c.AnswerHours, &c.Rating); err != nil {
			return err
		}
		n.put(c)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	n.since = begun.Add(-longestTransaction)
	use(n.rows, n.names)
	return nil
}

func (n *countedLetters) put(c counted) {
	for len(n.rows) < c.Row {
		n.rows = append(n.rows, countedLetter{})
	}
	state := inquiry.State(c.State)
	n.rows[c.Row-1] = countedLetter{unit: n.name(c.Unit), channel: n.name(c.Channel), category: n.name(c.Category), submitted: dayNumber(c.Submitted),
		acceptBy: dayNumber(c.AcceptBy), due: dayNumber(c.Due), acceptHours: float32(c.AcceptHours), answerHours: float32(c.AnswerHours), rating: c.Rating,
		open: state.IsOpen(), running: c.Clock == string(inquiry.Running), redoing: state == inquiry.Redoing || state == inquiry.Reviewing && c.Answered != "",
		decided: c.Decided != "", acceptedLate: c.AcceptedLate, answered: c.Answered != "", late: c.Late}
}

func (n *countedLetters) name(text string) uint16 {
	id, ok := n.known[text]
	if !ok {
		if n.known == nil {
			n.known = map[string]uint16{}
		}
		id = uint16(len(n.names))
		n.names, n.known[text] = append(n.names, text), id
	}
	return id
}

// dayNumber is the number of a day since 1970; 0 of what is no day.
func dayNumber(day string) int32 {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return int32(at.Unix() / 86400)
}

// measured is the letter as the figures of a day count it.
func (l countedLetter) measured(today int32) inquiry.Measured {
	return inquiry.Measured{Open: l.open, Decided: l.decided, AcceptedLate: l.acceptedLate, Undecided: l.open && !l.decided && l.acceptBy < today,
		Answered: l.answered, Late: l.late, Overdue: l.running && l.due < today, Redoing: l.redoing, AcceptHours: float64(l.acceptHours),
		AnswerHours: float64(l.answerHours), Rating: inquiry.Rating(l.rating)}
}
