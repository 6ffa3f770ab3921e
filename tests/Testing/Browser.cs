using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Equaticket.Testing;

/// <summary>
/// The system's Chromium, headless. The tests of an assembly share one, which ends with the process; the pages that
/// were opened here close with this.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>The first one that is installed is used. The shell uses a quarter less processor time.</summary>
    private static readonly string[] Names =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// In milliseconds. Bounds operations that hang. Playwright's default of 5 s for expectations is too short for a
    /// page that loads while other tests run.
    /// </summary>
    private const float Timeout = 120_000;

    private static readonly Lazy<Task<IBrowser>> Chromium = new(LaunchAsync);

    private readonly ConcurrentBag<IBrowserContext> _opened = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        while (_opened.TryTake(out var context))
            await context.CloseAsync();
    }

    /// <summary>Opens a page with separate cookies and storage.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var context = await (await Chromium.Value).NewContextAsync(options);
        _opened.Add(context);
        context.SetDefaultTimeout(Timeout);
        return await context.NewPageAsync();
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Timeout);
        var playwright = await Playwright.CreateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            // Containers often have 64 MB of shared memory, which several concurrent pages exceed.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            Timeout = Timeout,
        });
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Join(folder, name)))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not installed. Run ./test.sh.");
}
