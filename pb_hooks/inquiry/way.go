package inquiry

// Way is how a letter came in.
type Way string

// Ways. All but the first are entered by the clerk.
const (
	Online   Way = "online"  // 网上
	ByPhone  Way = "phone"   // 电话
	OnPaper  Way = "paper"   // 书信
	InPerson Way = "visit"   // 来访
	ByEmail  Way = "email"   // 电子邮件
	Hotline  Way = "hotline" // 12345 热线转来
)

var wayNames = map[Way]string{Online: "网上", ByPhone: "电话", OnPaper: "书信", InPerson: "来访", ByEmail: "电子邮件", Hotline: "12345 热线"}

// Ways are all ways.
func Ways() []Way { return []Way{Online, ByPhone, OnPaper, InPerson, ByEmail, Hotline} }

// Name is the way in words.
func (w Way) Name() string { return wayNames[w] }
