package foi

// Rating is what an applicant thinks of how a request was dealt with: 1 to 5, 0 if there is none.
type Rating int

// BestRating is the highest.
const BestRating Rating = 5

var ratingNames = map[Rating]string{5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}

// Name is the rating in words, "" for what is none.
func (r Rating) Name() string { return ratingNames[r] }

// MayRate reports whether the applicant can say what they think of it: once it has ended. What never was a request is
// not rated.
func (c Case) MayRate() bool { return c.Ending != Open && c.Ending != WasVoid }
