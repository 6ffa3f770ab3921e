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
    private const string Css = "text/css; charset=utf-8";
    private const string JavaScript = "text/javascript; charset=utf-8";
    private const string BaseStyle = "base.css";
    private const int HashLength = 12;

    private static readonly Asset Style = new(Css, BaseStyle, "dashboard.css");
    private static readonly Asset Script = new(JavaScript, "dashboard.js");
    private static readonly Asset Passkeys = new(JavaScript, "passkeys.js");
    private static readonly Asset Door = new(JavaScript, "door.js");
    private static readonly Asset Tail = new(JavaScript, "tail.js");
    private static readonly Asset StorefrontStyle = new(Css, BaseStyle, "storefront.css");
    private static readonly Asset StorefrontScript = new(JavaScript, "storefront.js");

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

        /// <param name="contentType">The media type.</param>
        /// <param name="files">The files that it consists of. The last one names it.</param>
        public Asset(string contentType, params string[] files)
        {
            var bytes = files.SelectMany(Read).ToArray();
            _answer = new StaticAnswer(contentType, bytes);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];
            Path = $"{Folder}/{hash}/{files[^1]}";
        }

        public string Path { get; }

        public Task SendAsync(HttpContext http)
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return _answer.SendAsync(http);
        }

        private static byte[] Read(string file)
        {
            using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"assets/{file}")!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
