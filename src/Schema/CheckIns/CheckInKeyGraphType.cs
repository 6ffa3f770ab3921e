using System.Buffers.Text;
using System.Security.Cryptography;
using Equaticket.Engine.Fields;
using Equaticket.Persistence.CheckIns;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInKeyGraphType : ObjectGraphType<CheckInKey>
{
    public CheckInKeyGraphType()
    {
        Name = "CheckInKey";
        Description = "The public key of an ECDSA P-256 key pair that signs QR codes.";
        this.Leaf("id", "The ID of the key.", key => key.Id);
        this.Leaf("keyId", "The ID as it appears in QR texts, encoded as base64url.", key => QrText.Encode(key.Id));
        this.Leaf("publicKeyPem", "The key in PEM format (SubjectPublicKeyInfo).", key => Pem(key.PublicKey));
        Field<NonNullGraphType<CheckInJwkGraphType>>("publicKeyJwk")
            .Description("The key as a JSON Web Key (RFC 7517), for WebCrypto and similar libraries.")
            .ResolveFrom(key => CheckInJwk.Of(key));
    }

    private static string Pem(byte[] publicKey) => PemEncoding.WriteString("PUBLIC KEY", publicKey);
}

/// <summary>A public key as a JSON Web Key (RFC 7517), with base64url coordinates.</summary>
public sealed record CheckInJwk(string KeyId, string X, string Y)
{
    public static CheckInJwk Of(CheckInKey stored)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(stored.PublicKey, out _);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new CheckInJwk(
            QrText.Encode(stored.Id),
            Base64Url.EncodeToString(point.X),
            Base64Url.EncodeToString(point.Y));
    }
}

public sealed class CheckInJwkGraphType : ObjectGraphType<CheckInJwk>
{
    public CheckInJwkGraphType()
    {
        Name = "CheckInJwk";
        Description = "A public key as a JSON Web Key (RFC 7517).";
        this.Leaf("kty", "The key type: `EC`.", _ => "EC");
        this.Leaf("crv", "The curve: `P-256`.", _ => "P-256");
        this.Leaf("alg", "The algorithm: `ES256`.", _ => "ES256");
        this.Leaf("use", "The intended use: `sig`.", _ => "sig");
        this.Leaf("kid", "The key ID, as it appears in QR texts.", key => key.KeyId);
        this.Leaf("x", "The x coordinate, encoded as base64url.", key => key.X);
        this.Leaf("y", "The y coordinate, encoded as base64url.", key => key.Y);
    }
}
