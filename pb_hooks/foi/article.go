package foi

// Articles of 《政府信息公开条例》 (2019) that a step, a date or a refusal rests on. Schools follow them by art. 55.
const (
	art14 = "条例第十四条"
	art15 = "条例第十五条"
	art17 = "条例第十七条" // 审查机制，明确程序和责任
	art29 = "条例第二十九条"
	art30 = "条例第三十条"
	art31 = "条例第三十一条"
	art32 = "条例第三十二条"
	art33 = "条例第三十三条"
	art34 = "条例第三十四条"
	art36 = "条例第三十六条"
	art40 = "条例第四十条"
	art44 = "条例第四十四条"
	art45 = "条例第四十五条" // 登记、审核、办理、答复、归档
	art46 = "条例第四十六条" // 考核、监督
	art47 = "条例第四十七条" // 督促整改
	art55 = "条例第五十五条" // 申诉
)
