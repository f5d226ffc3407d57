package site

import (
	"fmt"
	"testing"
)

func aPage() ArticleList {
	v := ArticleList{Gone: []Gone{}, Next: "bmV3ZXN0"}
	for i := range 20 {
		v.Items = append(v.Items, ArticleItem{ID: fmt.Sprintf("a%014d", i), IndexNumber: "9999990001-A0308-2026-0001", Title: "关于调整供餐时间的通知",
			Summary: "学校食堂本周起调整供餐时间，午餐提前到十一点三十分，请各班知悉并转告各位家长。", School: SchoolRef{"9999990001", "示范区晨光小学", "晨光小学"},
			Column: ColumnRef{"A0308", "通知公告", "A03", "学校管理"}, PublishedAt: "2026-11-23T02:00:00Z", PublishedOn: "2026-11-23", State: "published"})
	}
	return v
}

func BenchmarkEncodeAPage(b *testing.B) {
	v := aPage()
	for b.Loop() {
		if _, err := encode(v); err != nil {
			b.Fatal(err)
		}
	}
}
