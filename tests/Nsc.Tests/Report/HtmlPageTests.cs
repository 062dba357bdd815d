using System.Diagnostics;
using Nsc.Report;

namespace Nsc.Tests.Report;

public class HtmlPageTests
{
    private static string Page() => new HtmlPage("a <title>")
        .Heading("numbers").Subheading("a & b").Paragraph("x < y & \"z\"").Remark("nsc bench").List(["one", "two"])
        .Table(["name", "value"], [["b", "10"], ["a", "9.5"], ["c", "1E-05"]])
        .Figure(Plot.Svg(new PlotFrame("plot", "x", "y"), new PlotLine("l", [new(1, 1), new(2, 0.1)])))
        .Compare([1, 2], [3, 4], "two images").ToString();

    [Fact]
    public void Text_is_escaped_and_nothing_is_fetched_from_elsewhere()
    {
        string html = Page();
        Assert.Contains("<h1>a &lt;title&gt;</h1>", html, StringComparison.Ordinal);
        Assert.Contains("x &lt; y &amp; &quot;z&quot;", html, StringComparison.Ordinal);
        Assert.Contains("<h3>a &amp; b</h3>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Equal(html, Page());
    }

    [Fact]
    public void A_click_on_a_head_sorts_numbers_as_numbers()
    {
        // The browser clicks on the second head; the sorted page is what it prints.
        string html = Page().Replace("</script>", "document.querySelectorAll('th')[1].click();</script>", StringComparison.Ordinal);
        Assert.SkipWhen(Browser() is null, "There is no Chromium on this machine; apt-get install chromium brings it.");
        string dom = Dump(html);
        Assert.Matches("(?s)<td>c</td>.*<td>a</td>.*<td>b</td>", dom);
        Assert.Contains("aria-sort=\"ascending\"", dom, StringComparison.Ordinal);
    }

    private static string? Browser() => Nsc.Core.Files.ExecutablePath.Find("chromium") ?? Nsc.Core.Files.ExecutablePath.Find("chromium-browser");

    private static string Dump(string html)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nsc-test-");
        try
        {
            string page = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(page, html);
            using Process browser = Process.Start(new ProcessStartInfo(
                Browser()!, ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder.FullName}/profile", "--dump-dom", "file://" + page])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            Task<string> errors = browser.StandardError.ReadToEndAsync();
            string dom = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
            errors.Wait();
            return dom;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
