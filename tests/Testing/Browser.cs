using Microsoft.Playwright;
using Xunit;

namespace Equaticket.Testing;

/// <summary>The system's Chromium, headless.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// In milliseconds. Bounds what hangs; Playwright's own 5 s for an expectation are too short for a page that
    /// loads beside everything else the tests run.
    /// </summary>
    private const float Timeout = 120_000;

    private IPlaywright _playwright = null!;
    private IBrowser _chromium = null!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Timeout);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            // Containers often have a shared memory of 64 MB, which several browsers at once exceed.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            Timeout = Timeout,
        });
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>Opens a page with cookies and storage of its own.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _chromium.NewContextAsync(options);
        context.SetDefaultTimeout(Timeout);
        return await context.NewPageAsync();
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Join(folder, name)))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not installed. Run ./test.sh.");
}
