package audit

// The words of calls for opinions (意见征集).

var opinionActions = table{{"read_opinions", "意见征集：查看意见"}, {"export_opinions", "意见征集：导出意见"}}

var opinionCollections = table{{"opinions_given", "征集到的意见"}}

var opinionFields = table{{"choice", "选择的选项"}, {"opinions_given.page", "页码"}}
