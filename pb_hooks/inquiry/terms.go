package inquiry

// Periods that are the same in every channel. Working days, unless it says otherwise.
const (
	UrgentAcceptHours = 2   // hours: 紧急来信 is accepted; here the same day, working day or not
	UrgentFirstReply  = 1   // 先行回复 to an urgent letter
	ReturnDays        = 2   // the receiver gives a letter back; then it keeps it
	RedoDays          = 15  // 差评整改
	RateDays          = 30  // natural days after the answer
	ArchiveDays       = 10  // after the rating
	OrderReplyDays    = 5   // to reply to an order of the system
	OrderAfter        = 15  // overdue by more: 督办
	VetoWarningAfter  = 60  // natural days after the letter: 单项否决预警
	VetoAfter         = 90  // natural days after the letter: 单项否决
	YellowLeft        = 1   // left until the due day: 黄色预警
	longestOrder      = 250 // bounds what somebody may type
)
