// Package records gives typed access to the collections: names, the directory
// of schools and columns that fits in memory, and the queries that the public
// site is answered from. It holds no rule.
package records

// Collection names.
const (
	Districts = "districts"
	Schools   = "schools"
	// SchoolCorrections are values of schools that hold here and not in the registry (本地更正)
	SchoolCorrections = "school_corrections"
	Staff             = "staff"
	Standards         = "standards"
	Columns           = "columns"
	Exemptions        = "exemptions" // 豁免 of a school from a column
	Articles          = "articles"
	Versions          = "article_versions"
	Steps             = "article_steps"
	Attachments       = "attachments"
	IndexSerials      = "index_serials"
	ReviewRules       = "review_rules"
	StandIns          = "stand_ins"
	Findings          = "findings"
	WordLists         = "word_lists"
	Rescans           = "rescans"
	Broadcasts        = "broadcasts"
	Notices           = "notifications"
	AuditLog          = "audit_log"
	PreviewLinks      = "preview_links"
	// Sealing are the data keys that personal data may be sealed with.
	Sealing = "sealing"
	// Mails are what the platform mailed to its staff.
	Mails = "mails"
	// of 依申请公开
	FOIRequests     = "foi_requests"
	FOIApplications = "foi_applications"
	FOISteps        = "foi_steps"
	FOISerials      = "foi_serials"
	FOIFiles        = "foi_files"
	FOIReplies      = "foi_replies"
	FOILetters      = "foi_letters"
	FOIInquiries    = "foi_inquiries"
	FOITerms        = "foi_terms"
	FOITables       = "foi_tables"
	FOIMails        = "foi_mails"
	RemedyTexts     = "remedy_texts"
	LetterTemplates = "letter_templates"
	CalendarYears   = "calendar_years"
	// of letters: 在线咨询, 校长信箱, 我要纠错, 信息公开申诉
	Inquiries       = "inquiries"
	InquiryLetters  = "inquiry_letters"
	InquiryFiles    = "inquiry_files"
	InquiryTexts    = "inquiry_texts"
	InquirySteps    = "inquiry_steps"
	InquiryNotes    = "inquiry_notes"
	InquiryLevels   = "inquiry_levels"
	AnswerTemplates = "answer_templates"
	// ArticleAnswers counts how often an article answered a visitor who was about to apply.
	ArticleAnswers = "article_answers"
	// ArticleCounts are sums of what visitors said of an article or took from it.
	ArticleCounts = "article_counts"
	// OpinionsGiven are what people answered to a call for opinions (意见征集).
	OpinionsGiven = "opinions_given"
	// of the yearly survey of school staff (平台满意度调查)
	Surveys       = "surveys"
	SurveyAnswers = "survey_answers"
	// of supervision: snapshots of each day, and what measuring has to know
	SchoolDays   = "school_days"
	DistrictDays = "district_days"
	Vacations    = "vacations"
	ColumnChecks = "column_checks"
	// of the system of responsibility (信息公开工作责任制)
	ResponsiblePeople = "responsible_people"
	ResponsibleSteps  = "responsible_steps"
	// of orders of the bureau: 督办单, 整改通知书
	Orders     = "orders"
	OrderParts = "order_parts"
	OrderSteps = "order_steps"
	OrderFiles = "order_files"
	// of annual reports (信息公开工作年度报告)
	AnnualTables  = "annual_tables"
	AnnualReports = "annual_reports"
	AnnualSteps   = "annual_steps"
	// of the silence radar (沉默预警)
	Silences      = "silences"
	SilenceRounds = "silence_rounds"
	// of the visits that the platform pays itself, and of the links that it follows
	ProbeHours = "probe_hours"
	ProbeDays  = "probe_days"
	ProbeLinks = "probe_links"
	ProbeRuns  = "probe_runs"
	// of scorecards (考核评分)
	ScoreWeights    = "score_weights"
	ScoreCards      = "score_cards"
	ScoreFindings   = "score_findings"
	ScoreObjections = "score_objections"
	ScoreDecisions  = "score_decisions"
	// of old sites that are moved in (旧网站迁入)
	ImportBatches = "import_batches"
	ImportItems   = "import_items"
	OldAddresses  = "old_addresses"
	// of the connection to the register of institutions (区机构查询平台)
	RegistrySources = "registry_sources"
	RegistryRuns    = "registry_runs"
	RegistryLines   = "registry_lines"
	RegistryChoices = "registry_choices"
	// of pushing to others (推送): who is told, what of, how it went
	PushSubscribers = "push_subscribers"
	PushDeliveries  = "push_deliveries"
	PushAttempts    = "push_attempts"
	PushOutcomes    = "push_outcomes"
	PushFeed        = "push_feed"
	PushRounds      = "push_rounds"
	// PublicArticles is the view that the public is answered from.
	PublicArticles = "public_articles"
)

// DistrictID is the one record of Districts.
const DistrictID = "district0000000"
