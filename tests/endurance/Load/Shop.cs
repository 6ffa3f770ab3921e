using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Equaticket.Endurance.Running;

namespace Equaticket.Endurance.Load;

/// <summary>The organization that sells tickets: its keys, and the session of the door staff.</summary>
public sealed partial record Shop(string LiveKey, string TestKey, string Cookie)
{
    private const string Slug = "night";
    private const string Email = "door@example.com";

    /// <summary>Creates the organization with the commands of an operator, and signs in to the dashboard.</summary>
    public static async Task<Shop> OpenAsync(Installation installation)
    {
        var password = $"P-{Client.NewKey()}";
        await installation.CommandAsync(
            ["org", "create", "--slug", Slug, "--name", "Night Shift", "--plan", "pro", "--accept-terms"]);
        var user = installation.CommandAsync(
            ["user", "create", "--org", Slug, "--email", Email, "--role", "owner", "--password"], password);
        var keys = await Task.WhenAll(KeyAsync(installation, "live"), KeyAsync(installation, "test"));
        await user;
        return new Shop(keys[0], keys[1], await SignInAsync(installation.Address, password));
    }

    private static async Task<string> KeyAsync(Installation installation, string mode)
    {
        var created = await installation.CommandAsync(
            ["key", "create", "--org", Slug, "--mode", mode, "--scopes", "all"]);
        return created.EnumerateObject().Select(member => member.Value)
            .Where(value => value.ValueKind == JsonValueKind.String)
            .Select(value => $"{value}")
            .First(value => value.StartsWith("sk_", StringComparison.Ordinal));
    }

    /// <summary>Submits the form like a browser without JavaScript, and opens the organization.</summary>
    private static async Task<string> SignInAsync(Uri address, string password)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
        var page = await http.GetStringAsync("/dashboard/sign-in");
        var form = Forms().Match(page).Value;
        var fields = Hidden().Matches(form).ToDictionary(
            match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        (fields["email"], fields["password"]) = (Email, password);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync("/dashboard/sign-in", content);
        using var opened = await http.GetAsync($"/dashboard/{Slug}");
        var session = cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == "equaticket_session")
            ?? throw new InvalidOperationException($"Signing in failed: {answer.StatusCode}.");
        return $"{session.Name}={session.Value}";
    }

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex(
        "<input (type=\"hidden\" )?name=\"(?<name>[^\"]+)\" (type=\"hidden\" )?value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Hidden();
}
