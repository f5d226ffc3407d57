package inquiry

import "slices"

type (
	// ChannelCode names a channel for the machine.
	ChannelCode string
	// CategoryCode names what a letter is about for the machine.
	CategoryCode string
	// Visibility is what of a channel may ever be public.
	Visibility string
)

// Channels (互动渠道).
const (
	Consultation ChannelCode = "consultation" // 在线咨询
	Mailbox      ChannelCode = "mailbox"      // 校长信箱
	Erratum      ChannelCode = "erratum"      // 我要纠错
	Appeal       ChannelCode = "appeal"       // 信息公开申诉: to the bureau
	Opinions     ChannelCode = "opinions"     // 意见征集: nobody is answered one by one, the result is published
)

// Visibilities.
const (
	Selected Visibility = "selected" // 选登: with the writer's consent, after review
	Results  Visibility = "results"  // 只公布结果
	Never    Visibility = "never"    // 不公开
)

// Categories. The last four are urgent.
const (
	Question   CategoryCode = "question"   // 咨询
	Suggestion CategoryCode = "suggestion" // 意见建议
	Complaint  CategoryCode = "complaint"  // 投诉
	Help       CategoryCode = "help"       // 求助
	Mistake    CategoryCode = "mistake"    // 纠错
	Disclosure CategoryCode = "disclosure" // 信息公开申诉
	Harm       CategoryCode = "harm"       // 侵害未成年人
	Bullying   CategoryCode = "bullying"   // 学生欺凌
	Ethics     CategoryCode = "ethics"     // 师德师风
	FoodSafety CategoryCode = "food"       // 食品安全
)

// Service is the service level (办理时限) of a channel, in working days. Accept and Reply count from the day of the letter.
type Service struct {
	Accept  int // 0: the same day, or the first working day after it
	Reply   int // 0: nobody is answered
	Extend  int // the most that the one extension may add; 0: there is none
	Complex int // the most that it may add if the principal decides (复杂事项); 0: no more than Extend
}

// Field is one field of a channel's form.
type Field struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Required bool   `json:"required"`
	Most     int    `json:"most"` // characters
}

// Channel is all that differs from channel to channel.
type Channel struct {
	Code       ChannelCode
	Name       string
	ToBureau   bool // written to the bureau, not to a school
	Service    Service
	Fields     []Field // in the order of the form, without the writer's own data
	Categories []CategoryCode
	Visibility Visibility
	Reviewer   Role // who reviews an answer and releases a publication
	Law        string
}

// Category is what a letter is about.
type Category struct {
	Code      CategoryCode
	Name      string
	Urgent    bool // goes to the principal and the bureau at once
	Anonymous bool // may be reported without a name
}

const (
	titleMost = 60
	textMost  = 5000 // characters; a longer story comes as a file
)

var (
	titleField = Field{"title", "标题", true, titleMost}
	textField  = Field{"text", "内容", true, textMost}
)

var channels = []Channel{
	{Consultation, "在线咨询", false, Service{Accept: 1, Reply: 5, Extend: 5}, []Field{titleField, textField},
		[]CategoryCode{Question}, Selected, Officer, norm},
	{Mailbox, "校长信箱", false, Service{Accept: 1, Reply: 5, Extend: 5, Complex: 10}, []Field{titleField, textField},
		[]CategoryCode{Suggestion, Complaint, Help, Harm, Bullying, Ethics, FoodSafety}, Selected, Principal, norm},
	{Erratum, "我要纠错", false, Service{Accept: 0, Reply: 3}, []Field{{"page", "网页地址", true, 500}, {"words", "有误的文字", true, 500}, {"text", "怎样改正", true, textMost}},
		[]CategoryCode{Mistake}, Never, Officer, norm},
	{Appeal, "信息公开申诉", true, Service{Accept: 2, Reply: 15, Extend: 15}, []Field{{"school", "被申诉的学校", true, 60}, {"number", "原申请编号", false, 60}, titleField, textField},
		[]CategoryCode{Disclosure}, Never, Officer, art55},
	{Opinions, "意见征集", false, Service{}, []Field{{"choice", "选项", false, 60}, {"text", "意见", false, textMost}},
		nil, Results, Officer, norm},
}

var categories = []Category{
	{Question, "咨询", false, false}, {Suggestion, "意见建议", false, false}, {Complaint, "投诉", false, false}, {Help, "求助", false, false},
	{Mistake, "纠错", false, false}, {Disclosure, "信息公开申诉", false, false},
	{Harm, "侵害未成年人", true, true}, {Bullying, "学生欺凌", true, true}, {Ethics, "师德师风", true, true}, {FoodSafety, "食品安全", true, false},
}

// Channels are all channels.
func Channels() []Channel { return slices.Clone(channels) }

// Categories are all categories.
func Categories() []Category { return slices.Clone(categories) }

// FindChannel returns the channel of a code, or a Refusal.
func FindChannel(code ChannelCode) (Channel, error) {
	if i := slices.IndexFunc(channels, func(c Channel) bool { return c.Code == code }); i >= 0 {
		return channels[i], nil
	}
	return Channel{}, missing("channel", norm, "请选择向哪个渠道提出")
}

// FindCategory returns the category of a code, or a Refusal.
func FindCategory(code CategoryCode) (Category, error) {
	if i := slices.IndexFunc(categories, func(c Category) bool { return c.Code == code }); i >= 0 {
		return categories[i], nil
	}
	return Category{}, missing("category", norm, "请选择来信的类别")
}

// IsAnswered reports whether letters of the channel are answered one by one.
func (c Channel) IsAnswered() bool { return c.Service.Reply > 0 }

// checkCategory asks whether a writer may choose the category in this channel.
func (c Channel) checkCategory(code CategoryCode) error {
	category, err := FindCategory(code)
	if err != nil {
		return err
	}
	if !slices.Contains(c.Categories, code) {
		return malformed("category", norm, c.Name+"不收“"+category.Name+"”，请选择其他类别或者渠道")
	}
	return nil
}
