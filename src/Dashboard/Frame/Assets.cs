using System.Security.Cryptography;
using Equaticket.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equaticket.Dashboard.Frame;

/// <summary>
/// Serves the style sheets and scripts of the dashboard and the storefront. URLs change with the content, so
/// browsers can cache them forever.
/// </summary>
public static class Assets
{
    private const string Folder = "/dashboard/assets";
    private const string Methods = "GET, HEAD";
    private const int HashLength = 12;

    private static readonly Asset Style = new("dashboard.css", "text/css; charset=utf-8");
    private static readonly Asset Script = new("dashboard.js", "text/javascript; charset=utf-8");
    private static readonly Asset Passkeys = new("passkeys.js", "text/javascript; charset=utf-8");
    private static readonly Asset Door = new("door.js", "text/javascript; charset=utf-8");
    private static readonly Asset Tail = new("tail.js", "text/javascript; charset=utf-8");
    private static readonly Asset StorefrontStyle = new("storefront.css", "text/css; charset=utf-8");
    private static readonly Asset StorefrontScript = new("storefront.js", "text/javascript; charset=utf-8");

    public static string StylePath => Style.Path;

    public static string ScriptPath => Script.Path;

    public static string PasskeysPath => Passkeys.Path;

    public static string DoorPath => Door.Path;

    public static string TailPath => Tail.Path;

    public static string StorefrontStylePath => StorefrontStyle.Path;

    public static string StorefrontScriptPath => StorefrontScript.Path;

    internal static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in new[] { Style, Script, Passkeys, Door, Tail, StorefrontStyle, StorefrontScript })
        {
            endpoints.MapMethods(asset.Path, Methods.Split(", "), asset.SendAsync);
            endpoints.Map(asset.Path, http => http.RefuseMethodAsync(Methods));
        }
    }

    private sealed class Asset
    {
        private readonly StaticAnswer _answer;

        public Asset(string file, string contentType)
        {
            using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"assets/{file}")!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            _answer = new StaticAnswer(contentType, bytes);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];
            Path = $"{Folder}/{hash}/{file}";
        }

        public string Path { get; }

        public Task SendAsync(HttpContext http)
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return _answer.SendAsync(http);
        }
    }
}
