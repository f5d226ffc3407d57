package inquiry

// Rating is what a writer thinks of an answer (一事一评): a level from 1 to 5, or that it missed the question; 0 if there
// is none. It is stored as this number.
type Rating int

// Ratings.
const (
	VeryDissatisfied Rating = 1
	Dissatisfied     Rating = 2
	RatherSatisfied  Rating = 3
	Satisfied        Rating = 4
	VerySatisfied    Rating = 5
	BesideTheMatter  Rating = 6 // 答非所问: answered, but not my question; no level of satisfaction
)

var ratingNames = map[Rating]string{5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意", 6: "答复了，但没有回答我的问题"}

// AllRatings are all ratings, the best first.
func AllRatings() []Rating {
	return []Rating{VerySatisfied, Satisfied, RatherSatisfied, Dissatisfied, VeryDissatisfied, BesideTheMatter}
}

// Name is the rating in words, "" for what is none.
func (r Rating) Name() string { return ratingNames[r] }

// IsLow reports whether the rating is a 差评: it needs a reason, and the first one reopens the letter.
func (r Rating) IsLow() bool {
	return r == VeryDissatisfied || r == Dissatisfied || r == BesideTheMatter
}

// LastRating is the rating that counts: the one given last; 0 if there is none.
func (c Case) LastRating() Rating {
	if len(c.Ratings) == 0 {
		return 0
	}
	return c.Ratings[len(c.Ratings)-1].Rating
}
