package site

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v5"
)

// The vocabularies of DCAT-AP 3, by their usual prefixes.
var catalogContext = map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
	"spdx": "http://spdx.org/rdf/terms#", "xsd": "http://www.w3.org/2001/XMLSchema#"}

type linked = map[string]any

// catalog describes what there is for catalogues of open data (DCAT-AP, JSON-LD).
func (s *Site) catalog(c *echo.Context) error {
	return s.serve(c, "", func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		index, err := s.reader.Bulk(ctx)
		if err != nil {
			return nil, err
		}
		docs, err := readDocs(openapiDocument, d.BaseURL)
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(catalogOf(d, index, docs))
		if err != nil {
			return nil, err
		}
		doc := newDocument(http.StatusOK, "application/ld+json; charset=utf-8", body, BulkTag)
		allowReading(doc.header)
		return doc, nil
	})
}

func id(address string) linked { return linked{"@id": address} }

func chinese(text string) linked { return linked{"@value": text, "@language": "zh-CN"} }

func catalogOf(d District, index BulkIndex, docs OpenPage) linked {
	base := d.BaseURL + "/open/v1"
	publisher := linked{"@type": "foaf:Agent", "@id": d.BaseURL + "/#publisher", "foaf:name": chinese(d.Host)}
	rights := linked{"@type": "dct:RightsStatement", "dct:description": chinese(docs.Terms)}
	var sets, services []any
	for _, kind := range BulkLists() {
		op := docs.operation(kind)
		set := linked{"@type": "dcat:Dataset", "@id": base + "/catalog.jsonld#" + kind, "dct:identifier": kind, "dct:title": chinese(d.Name + op.Summary),
			"dct:description": chinese(op.Description), "dct:publisher": id(d.BaseURL + "/#publisher"), "dct:accessRights": id("http://publications.europa.eu/resource/authority/access-right/PUBLIC"),
			"dct:accrualPeriodicity": id("http://publications.europa.eu/resource/authority/frequency/DAILY"), "dcat:landingPage": id(d.BaseURL + "/open#" + op.ID),
			"dct:language": id("http://publications.europa.eu/resource/authority/language/ZHO")}
		distributions := []any{linked{"@type": "dcat:Distribution", "dct:title": chinese("JSON 接口"), "dcat:accessURL": id(base + "/" + kind), "dcat:accessService": id(base),
			"dcat:mediaType": mediaType("application/json"), "dct:conformsTo": id(base + "/openapi.json"), "dct:rights": rights}}
		for _, f := range index.Items {
			if f.List == kind {
				distributions = append(distributions, distributionOf(d, f, rights))
				set["dct:modified"] = linked{"@type": "xsd:dateTime", "@value": f.MadeAt}
			}
		}
		set["dcat:distribution"] = distributions
		sets = append(sets, set)
	}
	services = append(services, linked{"@type": "dcat:DataService", "@id": base, "dct:title": chinese("开放数据接口"), "dcat:endpointURL": id(base),
		"dcat:endpointDescription": id(base + "/openapi.json"), "dct:conformsTo": id("https://spec.openapis.org/oas/v3.1.1"), "dct:publisher": id(d.BaseURL + "/#publisher")})
	return linked{"@context": catalogContext, "@type": "dcat:Catalog", "@id": base + "/catalog.jsonld", "dct:title": chinese(d.SiteName + " 开放数据目录"),
		"dct:description": chinese("各学校公开的信息、文件、表格、问答、答复和全区统计。"), "dct:publisher": publisher, "dct:rights": rights, "foaf:homepage": id(d.BaseURL + "/open"),
		"dct:language": id("http://publications.europa.eu/resource/authority/language/ZHO"), "dct:conformsTo": id("http://data.europa.eu/r5r/"),
		"dcat:dataset": sets, "dcat:service": services}
}

func distributionOf(d District, f BulkDownload, rights linked) linked {
	format, title, standard := "text/csv", "CSV 文件", "https://www.rfc-editor.org/rfc/rfc4180"
	if f.Format == formLines {
		format, title, standard = "application/jsonl", "JSON Lines 文件", "https://jsonlines.org/"
	}
	return linked{"@type": "dcat:Distribution", "dct:title": chinese(title), "dcat:accessURL": id(d.BaseURL + "/open/v1/bulk"), "dcat:downloadURL": id(d.BaseURL + f.URL),
		"dcat:mediaType": mediaType(format), "dcat:compressFormat": mediaType("application/gzip"),
		"dcat:byteSize": linked{"@type": "xsd:nonNegativeInteger", "@value": itoa(int(f.Bytes))}, "dct:conformsTo": id(standard), "dct:rights": rights,
		"dct:modified":  linked{"@type": "xsd:dateTime", "@value": f.MadeAt},
		"spdx:checksum": linked{"@type": "spdx:Checksum", "spdx:algorithm": id("spdx:checksumAlgorithm_sha256"), "spdx:checksumValue": linked{"@type": "xsd:hexBinary", "@value": f.SHA256}}}
}

func mediaType(name string) linked {
	return id("http://www.iana.org/assignments/media-types/" + name)
}

// operation is the list of a kind as the contract describes it.
func (v OpenPage) operation(kind string) docsOperation {
	for _, g := range v.Groups {
		for _, op := range g.Operations {
			if op.Path == "/open/v1/"+kind {
				return op
			}
		}
	}
	return docsOperation{}
}
