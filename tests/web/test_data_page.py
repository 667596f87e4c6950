"""The data page through the server: its numbers are those of the tables, whatever is asked."""

import json

import pytest

from dashboard.app import create_app
from dashboard.layout.data_grid import COLUMNS, GRID_TEXTS, column_definitions, detail, locale_texts
from dashboard.settings import Settings
from dashboard.views.data_query import GRIDS, Tab
from dashboard.views.data_tables import table_view

# No publisher's error is known in the data that ship; that table says so instead.
FILLED = [tab for tab in GRIDS if tab is not Tab.CORRECTIONS]

AG_GRID = "_dash-component-suites/dash_ag_grid/"


@pytest.fixture(scope="module")
def client(bundle, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return create_app(Settings(cache=str(cache)), bundle).server.test_client()


@pytest.fixture(scope="module")
def layout(client):
    def ask(query=""):
        referrer = {"Referer": f"http://localhost/data{query}"}
        answer = client.get("/_dash-layout", headers=referrer)
        assert answer.status_code == 200
        return answer.get_json()

    return ask


def components(node, wanted):
    """Return every component of a kind in a layout."""
    found = []
    if isinstance(node, list):
        for item in node:
            found += components(item, wanted)
    elif isinstance(node, dict):
        if node.get("type") == wanted:
            found.append(node["props"])
        for item in node.values():
            found += components(item, wanted)
    return found


def text_of(node):
    return json.dumps(node, ensure_ascii=False)


# ---------------------------------------------------------------- what is loaded


@pytest.mark.parametrize("path", ["/", "/?table=observations", "/targets", "/compare"])
def test_other_pages_do_not_load_the_grid(client, path):
    page = client.get(path).get_data(as_text=True)
    assert AG_GRID not in page
    assert "dash_mantine_components" in page


@pytest.mark.parametrize("path", ["/data", "/data?table=method&lang=en"])
def test_this_page_loads_the_grid(client, path):
    assert client.get(path).get_data(as_text=True).count(AG_GRID) == 1


# ---------------------------------------------------------------- tabs


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("tab", FILLED)
def test_a_table_shows_every_record(layout, bundle, tab, lang):
    (grid,) = components(layout(f"?table={tab}&lang={lang}"), "AgGrid")
    assert len(grid["rowData"]) == len(getattr(bundle.atlas.tables, tab))
    assert grid["id"] == {"type": "data-grid", "table": tab}
    fields = {column["field"] for column in grid["columnDefs"]}
    assert fields <= set(grid["rowData"][0])


@pytest.mark.parametrize("tab", Tab)
def test_each_tab_is_a_link_and_the_one_shown_is_marked(layout, tab):
    page = layout(f"?table={tab}")
    marked = [link for link in components(page, "A") if link.get("aria-current") == "page"]
    assert [f"table={tab}" in link["href"] for link in marked] == [True]
    tabs = [link for link in components(page, "Link") if link["href"].startswith("/data?")]
    assert {f"table={other}" for other in Tab if other != tab} <= {
        part for link in tabs for part in link["href"].split("&")
    }


def test_what_is_searched_for_is_in_the_address(layout):
    page = layout("?find=zhanjiang")
    (grid,) = components(page, "AgGrid")
    assert grid["dashGridOptions"]["quickFilterText"] == "zhanjiang"
    (field,) = [box for box in components(page, "TextInput") if box["id"] == "control-find"]
    assert field["value"] == "zhanjiang"


def test_the_coverage_table_has_heads_for_rows_and_columns(layout):
    (table,) = components(layout("?table=coverage"), "Table")
    scopes = {head["scope"] for head in components(table, "Th")}
    assert scopes == {"col", "row", "rowgroup"}
    assert len([th for th in components(table, "Th") if th["scope"] == "row"]) == 54


def test_the_method_page_shows_the_six_conflicts(layout):
    page = text_of(layout("?table=method"))
    for value in ("10.72 件", "9.85 件", "754 家", "752 家", "21.1 微克/立方米", "98.2%", "78.6%"):
        assert value in page
    assert "GS(2024)0650号" in page


def test_no_address_for_corrections_is_said(layout):
    assert "本站运行者没有留下勘误地址" in text_of(layout())


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("data@example.org", "mailto:data@example.org"),
        ("https://example.org/errata", "https://example.org/errata"),
        ("电话 0759-0000000", None),
        ("javascript:alert(1)@x", "mailto:javascript:alert(1)@x"),
    ],
)
def test_the_operators_address_is_shown(bundle, contact, href):
    app = create_app(Settings(cache="off", contact=contact), bundle)
    answer = app.server.test_client().get(
        "/_dash-layout", headers={"Referer": "http://localhost/data?table=sources"}
    )
    page = answer.get_json()
    assert contact in text_of(page)
    links = [link["href"] for link in components(page, "A") if link["children"] == contact]
    assert links == ([href] if href else [])


# ---------------------------------------------------------------- bad words


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?table=observatons", "没有“observatons”这个栏目，现显示实际值。"),
        ("?table=coverage&cover=town", "没有“town”这个层级，现显示全部。"),
        ("?lang=xx", "语言“xx”没有，现用中文。"),
        ("?theme=neon", "配色“neon”没有，现用浅色。"),
    ],
)
def test_a_bad_word_is_replaced_and_said(layout, query, said):
    assert said in text_of(layout(query))


@pytest.mark.parametrize(
    "query",
    [
        "?find=%00%FF",
        "?table=",
        "?table=<script>",
        "?region=zz&period=never&level=9",
        "?find={0}{x}",
        "?cover=nation&table=coverage",
        "?&&=&table",
        "?find=" + "长" * 300,
    ],
)
def test_no_query_breaks_the_page(layout, query):
    assert components(layout(query), "Nav")


# ---------------------------------------------------------------- the grid's parts


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_grid_speaks_the_language(lang):
    texts = locale_texts(lang)
    assert len(texts) == len(GRID_TEXTS)
    assert texts["notContains"] == {"zh": "不包含", "en": "Does not contain"}[lang]


def test_columns_use_community_features_only():
    enterprise = {"agSetColumnFilter", "agMultiColumnFilter", "agGroupColumnFilter"}
    for tab in GRIDS:
        for column in column_definitions(tab, "zh"):
            assert column.get("filter") not in enterprise
            assert "rowGroup" not in column


@pytest.mark.parametrize("tab", FILLED)
def test_the_chosen_row_is_told_in_full(bundle, tab):
    row = table_view(bundle, tab, "zh").rows[0]
    _, facts = detail([row], tab, "zh")
    said = text_of(facts.to_plotly_json()["props"]["children"][1].to_plotly_json()["props"])
    assert str(row[COLUMNS[tab][0].field]) in said
    assert detail([], tab, "zh") == []


def test_a_forged_row_makes_no_dangerous_link():
    row = {"title": "x", "url": "javascript:alert(1)"}
    _, facts = detail([row], Tab.SOURCES, "zh")
    assert "href" not in str(facts)
