// A report as one HTML file that needs nothing else: tables that sort by a click, plots, images with a slider.

using System.Globalization;
using System.Net;
using System.Text;
using Nsc.Core.Text;

namespace Nsc.Report;

/// <summary>A page under construction. All text is escaped.</summary>
public sealed class HtmlPage(string title)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2024; --faint: #6b727a; --back: #ffffff; --line: #e4e7ea; --mark: #0b66c3; --bad: #c2410c; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --faint: #8b929a; --back: #14171a; --line: #2a2f34; --mark: #5eaefc; --bad: #fb923c; } }
        body { max-width: 66rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; margin-top: 2.6rem; } h3 { font-size: 1.05rem; margin-top: 1.8rem; } .faint { color: var(--faint); } code { font-size: 0.9em; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; } th { font-weight: 600; cursor: pointer; position: sticky; top: 0; background: var(--back); }
        th[aria-sort=ascending]::after { content: " \2191"; } th[aria-sort=descending]::after { content: " \2193"; }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; } svg { width: 100%; height: auto; }
        figure { margin: 1rem 0; } figcaption { color: var(--faint); font-size: 0.9em; }
        .pair { display: inline-block; width: 31rem; max-width: 100%; margin-right: 1rem; }
        .compare { position: relative; max-width: 100%; overflow: hidden; } .compare img { display: block; width: 100%; image-rendering: pixelated; }
        .compare .over { position: absolute; inset: 0; clip-path: inset(0 0 0 50%); } input[type=range] { width: 100%; accent-color: var(--mark); }
        """;

    private const string Script = """
        for (const table of document.querySelectorAll('table')) {
          const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
          heads.forEach((head, column) => head.addEventListener('click', () => {
            const up = head.getAttribute('aria-sort') !== 'ascending';
            heads.forEach(h => h.removeAttribute('aria-sort'));
            head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
            const key = row => { const t = row.cells[column].textContent, n = parseFloat(t); return Number.isNaN(n) ? t : n; };
            const rows = [...body.rows].sort((a, b) => {
              const x = key(a), y = key(b);
              return (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y))) * (up ? 1 : -1);
            });
            body.append(...rows);
          }));
        }
        for (const box of document.querySelectorAll('.compare')) {
          const over = box.querySelector('.over');
          box.nextElementSibling.addEventListener('input', e => over.style.clipPath = `inset(0 0 0 ${e.target.value}%)`);
        }
        """;

    private readonly StringBuilder _body = new();

    public HtmlPage Heading(string text) => Add($"<h2>{Escaped(text)}</h2>");

    /// <summary>A heading within the part that a <see cref="Heading"/> began.</summary>
    public HtmlPage Subheading(string text) => Add($"<h3>{Escaped(text)}</h3>");

    public HtmlPage Paragraph(string text) => Add($"<p>{Escaped(text)}</p>");

    /// <summary>A remark in a fainter colour, such as the command that repeats a figure.</summary>
    public HtmlPage Remark(string text) => Add($"<p class=\"faint\"><code>{Escaped(text)}</code></p>");

    /// <summary>A list, or nothing when it is empty.</summary>
    public HtmlPage List(IEnumerable<string> items)
    {
        string list = string.Concat(items.Select(i => $"<li>{Escaped(i)}</li>"));
        return list == "" ? this : Add($"<ul>{list}</ul>");
    }

    /// <summary>A table that sorts by the column whose head is clicked.</summary>
    public HtmlPage Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Add($"<div class=\"scroll\"><table><thead><tr>{string.Concat(heads.Select(h => $"<th scope=\"col\">{Escaped(h)}</th>"))}</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            Add($"<tr>{string.Concat(row.Select(cell => $"<td>{Escaped(cell)}</td>"))}</tr>");
        }

        return Add($"</tbody></table></div>");
    }

    /// <summary>Plots side by side, as many as fit.</summary>
    public HtmlPage Plots(params IEnumerable<string> svgs) => Add($"<div class=\"grid\">{string.Concat(svgs.Select(s => $"<figure>{s}</figure>"))}</div>");

    public HtmlPage Figure(string svg) => Add($"<figure>{svg}</figure>");

    /// <summary>Two PNG images over each other, with a slider between them.</summary>
    public HtmlPage Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, string caption) => Add(
        $"<figure class=\"pair\"><div class=\"compare\"><img alt=\"\" src=\"data:image/png;base64,{Convert.ToBase64String(left)}\"><img class=\"over\" alt=\"\" src=\"data:image/png;base64,{Convert.ToBase64String(right)}\"></div><input type=\"range\" min=\"0\" max=\"100\" value=\"50\" aria-label=\"How much of the left image is shown\"><figcaption>{Escaped(caption)}</figcaption></figure>");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Escaped(title)}</title>
        <style>
        {Style}
        </style></head>
        <body>
        <h1>{Escaped(title)}</h1>
        {_body}<script>
        {Script}
        </script>
        </body>
        </html>

        """);

    private static string Escaped(string text) => WebUtility.HtmlEncode(PrintableText.OneLine(text));

    private HtmlPage Add(FormattableString line)
    {
        _body.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }
}
