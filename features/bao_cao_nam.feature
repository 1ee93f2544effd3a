# language: vi
Tính năng: Báo cáo năm
  Để gửi Ủy ban nhân dân tỉnh và Bộ đúng hạn, với số liệu kiểm tra lại được,
  cán bộ Sở lập bản nháp, viết lời văn, xem trước và ban hành.

  Bối cảnh:
    Biết xã "Bình Lư" có 2 quy ước đang có hiệu lực, 1 đã rà soát và sạch, 0 có điều khoản trái luật được xác nhận

  Tình huống: Ban hành thì số liệu được giữ nguyên
    Khi cán bộ lập báo cáo "province" và ghi số "125"
    Và cán bộ ban hành báo cáo
    Và sau đó có thêm 1 quy ước đã rà soát và sạch ở xã "Bình Lư"
    Thì báo cáo vẫn ghi mục tiêu 5 là "1/2"
    Và tệp docx tải về không thay đổi

  Tình huống: Dựng lại từ số liệu đã giữ
    Khi cán bộ lập báo cáo "province" và ghi số "125"
    Và cán bộ ban hành báo cáo
    Và cán bộ dựng lại báo cáo
    Thì trang ghi "khớp từng byte"

  Tình huống: Chưa có số thì chưa ban hành được
    Khi cán bộ lập báo cáo "province" và ghi số ""
    Và cán bộ ban hành báo cáo
    Thì trang ghi "Xin ghi số báo cáo"

  Tình huống: Dự thảo báo cáo Bộ có số liệu theo Nghị định 61
    Khi cán bộ lập báo cáo "ministry" và ghi số ""
    Thì trang ghi "Điều 16 khoản 1"
    Và trang ghi "trước ngày 30/11"
