using Microsoft.Playwright;
using Xunit;

namespace Equaticket.Testing;

/// <summary>The system's Chromium, headless.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// In milliseconds. Bounds operations that hang. Playwright's default of 5 s for expectations is too short for a
    /// page that loads while other tests run.
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
            // Containers often have 64 MB of shared memory, which several concurrent browsers exceed.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            Timeout = Timeout,
        });
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>Opens a page with separate cookies and storage.</summary>
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
