// Package scan looks for what must not be published: personal data, secrecy
// marks, and what files carry unseen (regulations of 个人信息保护法 arts. 25, 28
// and 31, 保守国家秘密法 art. 35). It reads text and files and decides nothing: a
// finding has a level, and people decide. It knows no database and no network.
package scan

// Class is what a finding is about.
type Class string

// Classes of personal data in text.
const (
	IdentityCard Class = "identity_card" // 居民身份证号
	StudentID    Class = "student_id"    // 学籍号
	Mobile       Class = "mobile"        // 手机号
	BankCard     Class = "bank_card"     // 银行卡号
	Passport     Class = "passport"      // 护照、港澳台证件号
	Plate        Class = "plate"         // 车牌号
	Email        Class = "email"         // 个人邮箱
	Address      Class = "address"       // 家庭住址
	BirthDate    Class = "birth_date"    // 出生日期（与姓名同行）
	Scores       Class = "scores"        // 成绩与排名
	Health       Class = "health"        // 健康信息（与姓名同行）
	Hardship     Class = "hardship"      // 困难情况（与姓名同行）
	NameList     Class = "name_list"     // 二十人以上名单
	SecrecyMark  Class = "secrecy_mark"  // 涉密标记
	Word         Class = "word"          // 错敏词
)

// Classes of what files carry unseen.
const (
	HiddenSheet    Class = "hidden_sheet"    // 隐藏工作表
	HiddenRows     Class = "hidden_rows"     // 隐藏行列、筛选掉的行
	PivotCache     Class = "pivot_cache"     // 数据透视表缓存
	Comments       Class = "comments"        // 批注
	TrackedChanges Class = "tracked_changes" // 修订痕迹
	DocumentAuthor Class = "document_author" // 文件作者等属性
	Embedded       Class = "embedded"        // 嵌入对象、外部链接
	HiddenText     Class = "hidden_text"     // 隐藏文字
	Location       Class = "location"        // 图片中的拍摄地点
	Macro          Class = "macro"           // 宏
	Unreadable     Class = "unreadable"      // 损坏、加密、异常膨胀或无法检查的文件
)

// Level says what a finding does to a publication.
type Level string

// Levels.
const (
	Block Level = "block" // 必须处理；只有保密审查员写明理由才能放行
	Warn  Level = "warn"  // 请核对
	Note  Level = "note"  // 提示
)

// Finding is one thing that was found.
type Finding struct {
	Class  Class  `json:"class"`
	Level  Level  `json:"level"`
	Place  string `json:"place"`  // 正文第3段; 名单.xlsx：名单!B2; 通知.pdf：第4页
	Sample string `json:"sample"` // masked: never the whole value of personal data
	Hint   string `json:"hint"`   // what to do next, in Chinese
	// CanClean is set where the file can be cleaned without changing what a reader sees.
	CanClean bool `json:"can_clean,omitempty"`
}

// Content is one piece in reading order: a paragraph, or one row of a table.
type Content struct {
	// Cells holds one cell for a paragraph and all cells of a row for a table.
	Cells []Cell
	// Table is the same number (> 0) for all rows of one table, and 0 for a paragraph.
	Table int
}

// Cell is text with the place a person finds it at.
type Cell struct{ Place, Text string }

// Circumstances decide levels: the same list is allowed in one place and not in
// another.
type Circumstances struct {
	// Pupils: the column is about pupils (录取、资助、评优, 学籍), so that mobile
	// numbers and birth dates are theirs and block.
	Pupils bool
	// Publicity: the notice is a 公示 with a period after which it is taken down.
	Publicity bool
}
