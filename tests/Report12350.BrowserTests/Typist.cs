using Microsoft.Playwright;

namespace Report12350.BrowserTests;

/// <summary>Somebody without a mouse: presses keys, and looks where the focus is. It has to be visible at every stop.</summary>
public sealed class Typist(IPage page)
{
    private const string Visible = """
        () => {
          const e = document.activeElement;
          const name = `${e.tagName} ${e.id || e.name || e.textContent.trim().slice(0, 20)}`;
          if (e === document.body) return 'the focus is on body';
          const style = getComputedStyle(e);
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
          const box = e.getBoundingClientRect();
          if (!ring) return `${name} has the focus and does not show it`;
          return box.width > 1 && box.height > 1 ? '' : `${name} has the focus and cannot be seen`;
        }
        """;

    private const string Where = """
        () => {
          const e = document.activeElement;
          if (e === document.body) return null;
          const box = e.getBoundingClientRect();
          return [box.left + scrollX, (box.top + box.bottom) / 2 + scrollY];
        }
        """;

    public Task<string> FocusedAsync(string read) => page.EvaluateAsync<string>($"() => String(({read})(document.activeElement))");

    public async Task<bool> IsOnAsync(string selector) => await FocusedAsync($"e => e.matches(`{selector}`)") == "true";

    public async Task PressAsync(string key)
    {
        await page.Keyboard.PressAsync(key);
        if (key is "Tab" or "Shift+Tab")
            await SeenAsync();
    }

    public async Task SeenAsync() => (await page.EvaluateAsync<string>(Visible)).ShouldBe("", page.Url);

    /// <summary>Tab after Tab until there, or Shift+Tab where it lies behind.</summary>
    public async Task ReachAsync(string selector, bool back = false)
    {
        for (var i = 0; i < 120; i++)
        {
            if (await IsOnAsync(selector))
                return;
            await PressAsync(back ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"{selector} is not reached on {page.Url}");
    }

    public async Task WriteAsync(string selector, string text, bool back = false)
    {
        await ReachAsync(selector, back);
        await page.Keyboard.TypeAsync(text);
    }

    public async Task ChooseAsync(string selector, bool back = false)
    {
        await ReachAsync(selector, back);
        await page.Keyboard.PressAsync("Space");
        (await FocusedAsync("e => e.checked")).ShouldBe("true", selector);
    }

    /// <summary>A box to be ticked, which may be one already.</summary>
    public Task TickAsync(string name) => ChooseAsync($"input[type=checkbox][name={name}]");

    /// <summary>Presses where the focus is, and another page comes.</summary>
    public async Task FollowAsync(string key = "Enter")
    {
        var before = Path(page.Url);
        await page.Keyboard.PressAsync(key);
        await page.WaitForURLAsync(url => Path(url) != before);
    }

    public async Task FollowAsync(string selector, bool back)
    {
        await ReachAsync(selector, back);
        await FollowAsync();
    }

    /// <summary>Sends the question on the page.</summary>
    public Task SendAsync() => FollowAsync("main form button.primary", back: false);

    /// <summary>From the first stop to the last: each lies below the one before, or in its line and to the right of it.</summary>
    public async Task<int> OrderedAsync()
    {
        var stops = 0;
        double[]? before = null;
        await PressAsync("Tab");
        while (await page.EvaluateAsync<double[]?>(Where) is { } now && stops < 120)
        {
            var said = $"{page.Url}: {await FocusedAsync("e => e.outerHTML.slice(0, 120)")}";
            // The way past the header appears over it only while it has the focus.
            if (stops++ > 0)
            {
                if (before is not null && now[1] < before[1] + 8)
                    (now[0] >= before[0] && now[1] > before[1] - 8).ShouldBeTrue(said);
                before = now;
            }

            await page.Keyboard.PressAsync("Tab");
            if (await IsOnAsync("a.skip"))
                break;
        }

        return stops;
    }

    private static string Path(string url) => url.Split('#')[0];
}
