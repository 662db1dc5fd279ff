using AutoMapper;

namespace PilotPlatform.Files.Files;

internal sealed class FileMappings : Profile
{
    public FileMappings() => CreateMap<StoredFile, FileDto>()
        .ForCtorParam(nameof(FileDto.FileId), o => o.MapFrom(f => f.Id))
        .ForCtorParam(nameof(FileDto.RegionId), o => o.MapFrom(f => f.TenantId));
}
