"""The procedures of the demonstration: names that everybody knows from a counter, and placeholders for the others.

Codes and groups are the demonstration's own. Which agency offers which of them at which level is invented.
"""

from dataclasses import dataclass

_NAMED = {
    ("Hộ tịch, chứng thực", "BTP"): (
        "Đăng ký khai sinh",
        "Đăng ký kết hôn",
        "Đăng ký khai tử",
        "Cấp giấy xác nhận tình trạng hôn nhân",
        "Thay đổi, cải chính, bổ sung thông tin hộ tịch",
        "Chứng thực bản sao từ bản chính",
        "Chứng thực chữ ký",
        "Cấp phiếu lý lịch tư pháp số 1",
    ),
    ("Đất đai", "BTNMT"): (
        "Đăng ký biến động quyền sử dụng đất",
        "Cấp giấy chứng nhận quyền sử dụng đất lần đầu",
        "Tách thửa, hợp thửa đất",
        "Đăng ký biện pháp bảo đảm",
        "Cung cấp dữ liệu đất đai",
    ),
    ("Đăng ký kinh doanh", "BKHĐT"): (
        "Đăng ký thành lập hộ kinh doanh",
        "Đăng ký thay đổi nội dung hộ kinh doanh",
        "Đăng ký thành lập công ty trách nhiệm hữu hạn một thành viên",
        "Đăng ký thay đổi nội dung đăng ký doanh nghiệp",
        "Tạm ngừng kinh doanh",
    ),
    ("Giao thông vận tải", "BGTVT"): (
        "Đổi giấy phép lái xe",
        "Cấp lại giấy phép lái xe",
        "Cấp phù hiệu xe ô tô kinh doanh vận tải",
        "Cấp giấy phép kinh doanh vận tải",
    ),
    ("Lao động, người có công", "BLĐTBXH"): (
        "Hưởng trợ cấp thất nghiệp",
        "Cấp giấy phép lao động cho người nước ngoài",
        "Giải quyết chế độ người có công",
        "Hưởng trợ cấp xã hội hằng tháng",
    ),
    ("Y tế", "BYT"): (
        "Cấp chứng chỉ hành nghề khám bệnh, chữa bệnh",
        "Cấp giấy chứng nhận đủ điều kiện kinh doanh dược",
        "Cấp giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    ),
    ("Giáo dục và đào tạo", "BGDĐT"): (
        "Cấp bản sao văn bằng, chứng chỉ từ sổ gốc",
        "Chuyển trường đối với học sinh",
        "Xét tuyển vào lớp đầu cấp",
    ),
    ("Xây dựng", "BXD"): (
        "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "Thẩm định thiết kế xây dựng",
        "Cấp chứng chỉ hành nghề hoạt động xây dựng",
    ),
    ("Công Thương", "BCT"): (
        "Thông báo hoạt động khuyến mại",
        "Cấp giấy phép bán lẻ rượu",
        "Cấp giấy chứng nhận đủ điều kiện cửa hàng bán lẻ xăng dầu",
    ),
    ("Công an", "BCA"): (
        "Thẩm duyệt thiết kế về phòng cháy và chữa cháy",
        "Đăng ký tạm trú",
        "Đăng ký xe",
    ),
    ("Nông nghiệp", "BNNPTNT"): (
        "Cấp giấy chứng nhận kiểm dịch động vật",
        "Cấp giấy chứng nhận đăng ký tàu cá",
    ),
    ("Văn hóa, thể thao, du lịch", "BVHTTDL"): (
        "Cấp giấy phép tổ chức biểu diễn nghệ thuật",
        "Cấp thẻ hướng dẫn viên du lịch",
        "Thông báo sản phẩm quảng cáo trên bảng, băng-rôn",
    ),
}


@dataclass(frozen=True)
class Procedure:
    """One procedure: `owner` is the ministry in charge of its field; `rank` its place, the best known first."""

    code: str
    name: str
    group: str
    owner: str
    rank: int


def known() -> list[Procedure]:
    """The procedures whose names everybody knows."""
    told = [(name, group, owner) for (group, owner), names in _NAMED.items() for name in names]
    return [
        Procedure(f"MP{rank:04}", name, group, owner, rank) for rank, (name, group, owner) in enumerate(told, start=1)
    ]


def procedures(count: int) -> list[Procedure]:
    """So many procedures of the provinces: those known by name, and placeholders in the same groups."""
    found = known()
    fields = list(_NAMED)
    for rank in range(len(found) + 1, count + 1):
        group, owner = fields[rank % len(fields)]
        found.append(Procedure(f"MP{rank:04}", f"Thủ tục mô phỏng {rank} ({group})", group, owner, rank))
    return found[:count]


def of_ministry(ministry: str, count: int) -> list[Procedure]:
    """So many procedures that a ministry offers itself, all of them placeholders."""
    return [
        Procedure(
            f"MB-{ministry}-{rank:03}",
            f"Thủ tục cấp bộ mô phỏng {rank} ({ministry})",
            "Thủ tục cấp bộ",
            ministry,
            rank,
        )
        for rank in range(1, count + 1)
    ]
