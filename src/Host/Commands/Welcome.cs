using Equaticket.Host.Demo;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Commands;

/// <summary>Prints the URLs of the server and the first steps.</summary>
internal static class Welcome
{
    public static void Print(
        IEnumerable<string> urls, IReadOnlyList<string> notices, DemoAccess? demo)
    {
        var url = Listeners.LocalUrl(urls.First());
        foreach (var notice in notices)
            Console.WriteLine(notice);
        Console.WriteLine($"""

            Equaticket serves {string.Join(", ", urls)}
              Dashboard {url}/dashboard
              REST      {url}/api/v1
              GraphQL   {url}/graphql
            """);
        Console.WriteLine(demo is null
            ? """

              Create a key for your organization:
                ./equaticket key create --org SLUG --mode test --scopes all
              """
            : $"""

              The demo organization is ready. Its secrets are shown only once:
                Sign-in    {demo.Email}  {demo.Password}
                Live key   {demo.LiveKey}
                Test key   {demo.TestKey}

              Paste this:
                curl {url}/api/v1/events -H "Authorization: Bearer {demo.TestKey}"
              """);
        Console.WriteLine("\nPress Ctrl-C to stop.");
    }
}
