namespace Slug.Content.Wire;

/// <summary>How a layer is sent, and stored.</summary>
public enum LayerForm
{
    /// <summary>As it is.</summary>
    Tar,

    /// <summary>Compressed by zstd.</summary>
    Zstd,
}

/// <summary>The media types of the forms: those that the OCI image spec has for layers.</summary>
public static class LayerForms
{
    /// <summary>The media type of a form.</summary>
    public static string MediaTypeOf(LayerForm form) => form == LayerForm.Tar ? Oci.MediaTypes.Layer : Oci.MediaTypes.LayerZstd;

    /// <summary>The form of a media type; zstd for any other than that of tars.</summary>
    public static LayerForm Of(string? mediaType) => mediaType == Oci.MediaTypes.Layer ? LayerForm.Tar : LayerForm.Zstd;
}
