using System.Net;
using System.Text.RegularExpressions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Opens pages and submits their forms like a browser without JavaScript.</summary>
public sealed partial class DashboardClient : IDisposable
{
    private readonly HttpClient _http;

    public DashboardClient(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = address,
        };
    }

    public Uri Address { get; }

    public CookieContainer Cookies { get; } = new();

    public void Dispose() => _http.Dispose();

    public Task<PageAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<PageAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new PageAnswer(
            (int)response.StatusCode,
            response.Headers.Location?.OriginalString,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a page and submits the form that runs the given mutation.</summary>
    public async Task<PageAnswer> PostAsync(
        string path, string run, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(path);
        Assert.True(page.Status == 200, $"{path}: {page.Status} {page.Body}");
        return await SendAsync(Form(path, page.FormOf(run), fields));
    }

    /// <summary>The request that submits a form. A test can send it twice, or as from another site.</summary>
    public static HttpRequestMessage Form(
        string path,
        IReadOnlyList<(string Name, string Value)> hidden,
        params (string Name, string Value)[] fields) => new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(hidden.Where(h => !fields.Any(f => f.Name == h.Name)).Concat(fields)
                .Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };

    public Task<PageAnswer> SignInAsync(string email, string password, string query = "") => PostAsync(
        $"/dashboard/sign-in{query}", "SignIn", ("email", email), ("password", password));
}

/// <summary>The response to a page request.</summary>
public sealed partial record PageAnswer(
    int Status, string? Location, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body without the parts that change on every request.</summary>
    public string Stable => Changing().Replace(Body, "");

    /// <returns>The hidden fields of a form.</returns>
    public IReadOnlyList<(string Name, string Value)> FormOf(string run)
    {
        var form = Forms().Matches(Body).Select(match => match.Value)
            .FirstOrDefault(text => text.Contains(
                $"name=\"_run\" type=\"hidden\" value=\"{run}\"", StringComparison.Ordinal));
        Assert.True(form is not null, $"There is no form that runs {run}: {Body}");
        return [.. Hidden().Matches(form).Select(match =>
            (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))];
    }

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex(
        "<input (type=\"hidden\" )?name=\"(?<name>[^\"]+)\" (type=\"hidden\" )?value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Hidden();

    [GeneratedRegex("value=\"[^\"]*\"|<code>[^<]*</code>|<strong>[^<]*</strong>")]
    private static partial Regex Changing();
}
