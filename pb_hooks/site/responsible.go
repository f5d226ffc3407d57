package site

// ResponsiblePerson is who holds a role in the system of responsibility for
// disclosure (信息公开工作责任制).
type ResponsiblePerson struct {
	Role  string `json:"role"` // its name, e.g. 保密审查员
	Name  string `json:"name"`
	Post  string `json:"post"`
	Phone string `json:"phone"`
	From  string `json:"from"` // since when
}
