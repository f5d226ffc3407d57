package pb_hooks_test

import "maps"

// The routes of the standard and of exemptions show no article.
func init() {
	maps.Copy(elsewhere, map[string]string{
		"GET /api/app/standards":                            "TestTheStandardIsTheSupervisors",
		"POST /api/app/standards":                           "TestTheStandardIsTheSupervisors",
		"GET /api/app/standards/{id}":                       "TestTheStandardIsTheSupervisors",
		"PATCH /api/app/standards/{id}":                     "TestTheStandardIsTheSupervisors",
		"DELETE /api/app/standards/{id}":                    "TestTheStandardIsTheSupervisors",
		"POST /api/app/standards/{id}/columns":              "TestTheStandardIsTheSupervisors",
		"PATCH /api/app/standards/{id}/columns/{code}":      "TestTheStandardIsTheSupervisors",
		"DELETE /api/app/standards/{id}/columns/{code}":     "TestTheStandardIsTheSupervisors",
		"POST /api/app/standards/{id}/columns/{code}/place": "TestTheStandardIsTheSupervisors",
		"PUT /api/app/standards/{id}/moves":                 "TestTheStandardIsTheSupervisors",
		"GET /api/app/standards/{id}/difference":            "TestTheStandardIsTheSupervisors",
		"GET /api/app/standards/{id}/standard.xlsx":         "TestTheStandardIsTheSupervisors",
		"POST /api/app/standards/import":                    "TestTheStandardIsTheSupervisors",
		"GET /api/app/standards/{id}/dryrun":                "TestTheStandardIsTheSupervisors",
		"POST /api/app/standards/{id}/release":              "TestTheStandardIsTheSupervisors",
		"POST /api/app/standards/{id}/recall":               "TestTheStandardIsTheSupervisors",
		"GET /api/app/exemptions":                           "TestExemptionsAreAskedForAndDecided",
		"POST /api/app/exemptions":                          "TestExemptionsAreAskedForAndDecided",
		"POST /api/app/exemptions/{id}/decide":              "TestExemptionsAreAskedForAndDecided",
		"POST /api/app/exemptions/{id}/withdraw":            "TestExemptionsAreAskedForAndDecided",
		"POST /api/app/exemptions/{id}/revoke":              "TestExemptionsAreAskedForAndDecided",
	})
}
