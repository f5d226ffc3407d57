package inquiry

// What a step, a day or a refusal rests on. Where no statute sets a rule it is the district's own norm.
const (
	norm    = "办理规范"         // service levels, acceptance, transfer, review before anything goes out
	art55   = "信息公开条例第五十五条"  // 申诉
	rating  = "国办发〔2019〕51号" // 好差评
	consent = "个人信息保护法第十五条"  // consent may be withdrawn
	privacy = "个人信息保护法第二十五条" // nothing personal is published without the person's own consent
)
